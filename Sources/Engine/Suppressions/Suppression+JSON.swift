import ActionProtocol
import Decisions

extension Suppression {
  /// With the address, which is personal data.
  public var json: JSONValue {
    [
      "id": .string(id), "channel": .string(channel.rawValue),
      "address": addressText.map { .string($0) } ?? .null,
      "address_digest": .string(address.hex), "scope": .string(scope.rawValue),
      "reason": .string(reason.rawValue), "source": .string(source),
      "created_at": .string(createdAt.rfc3339),
      "expires_at": expiresAt.map { .string($0.rfc3339) } ?? .null,
      "evidence": evidence.map { .string($0) } ?? .null,
    ]
  }
}

extension SuppressionSyncState {
  /// `{pull, push, looked_at, whole_at, listed}`.
  public var json: JSONValue {
    [
      "pull": .string(pullCode ?? "ok"), "push": .string(pushCode ?? "ok"),
      "looked_at": .string(lookedAt.rfc3339),
      "whole_at": wholeAt.map { .string($0.rfc3339) } ?? .null,
      "listed": .integer(Int64(listed)),
    ]
  }
}
