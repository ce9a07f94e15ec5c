import ActionProtocol
import Decisions

/// How it stands with a request: who was asked, who said what, who is missing.
public struct ApprovalPicture: Sendable {
  public let request: ApprovalRequest
  /// In the order in which they came.
  public let entries: [ApprovalEntry]
  /// How many persons of each role still have to approve; empty when it is enough.
  public let missing: [String: Int]
  /// How it ended; nil: it has not.
  public let resolution: ApprovalResolution?
  /// Whether another policy is active than the one that asks; it is asked when somebody approves.
  public let isOutdated: Bool
  /// Whether who proposes may approve although the requirement says somebody else: there is one person.
  public let isSinglePerson: Bool

  init(
    _ request: ApprovalRequest, _ roles: any RoleDirectory, active: Int64?,
    _ store: any StoreReading
  ) throws {
    self.request = request
    entries = try store.entries(request.org, of: request.id)
    let quorum = try ApprovalQuorum(request, roles, store)
    missing = quorum.missing(after: entries.filter { $0.word == .approve }.map(\.person))
    resolution = try store.resolution(request.org, of: request.id)
    isOutdated = (active ?? 1) != request.version
    isSinglePerson = quorum.isSinglePerson
  }

  /// `{request, requirement, version, digest, expires_at, entries, missing, resolution, outdated}`.
  public var json: JSONValue {
    [
      "request": .string(request.id), "requirement": request.requirement.json,
      "version": .integer(request.version), "digest": .string(request.digest.hex),
      "asked_at": .string(request.at.rfc3339), "expires_at": .string(request.expiresAt.rfc3339),
      "entries": .array(entries.map(\.json)),
      "missing": .object(
        JSONObject(
          missing.sorted { $0.key < $1.key }.map { ($0.key, .integer(Int64($0.value))) })),
      "resolution": resolution.map { .string($0.outcome.rawValue) } ?? .null,
      "outdated": .bool(isOutdated), "single_person": .bool(isSinglePerson),
    ]
  }
}

extension ApprovalQuorum {
  /// Who may answer a request now.
  init(
    _ request: ApprovalRequest, _ roles: any RoleDirectory, _ store: any StoreReading
  ) throws {
    self.init(
      request.requirement, deciders: try roles.deciders(of: request.org, store),
      escalated: Self.escalated(request.requirement, asked: request.at, now: store.now))
  }
}

extension ApprovalEntry {
  /// `{person, word, digest, roles, channel, via, step_up, at}`.
  public var json: JSONValue {
    [
      "person": .string(person.rawValue), "word": .string(word.rawValue),
      "digest": .string(digest.hex), "roles": .array(roles.sorted().map { .string($0) }),
      "channel": .string(channel.rawValue), "via": .string(via),
      "step_up": stepUp.map { .string($0.method.rawValue) } ?? .null, "at": .string(at.rfc3339),
    ]
  }
}
