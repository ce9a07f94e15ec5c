import ActionProtocol
import Decisions

extension PolicyVersion {
  /// `{version, hash, source, author, reason, at, difference}`.
  public var json: JSONValue {
    var changes = JSONValue.null
    if case .success(let read) = JSONReader.read(difference) { changes = read }
    return [
      "version": .integer(number), "hash": .string(hash.hex), "source": .string(source),
      "author": .string(author.rawValue), "reason": .string(reason), "at": .string(at.rfc3339),
      "difference": changes,
    ]
  }
}

extension ApprovalRequest {
  /// `{request, digest, requirement, requested_by, source, reason, at, expires_at}`.
  public var json: JSONValue {
    [
      "request": .string(id), "digest": .string(digest.hex), "requirement": requirement.json,
      "requested_by": .string(requestedBy.rawValue),
      "source": source.map { .string($0) } ?? .null, "reason": reason.map { .string($0) } ?? .null,
      "at": .string(at.rfc3339), "expires_at": .string(expiresAt.rfc3339),
    ]
  }
}
