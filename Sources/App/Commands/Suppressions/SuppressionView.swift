import ActionProtocol
import Cards
import Decisions
import Engine

/// Suppressions for people and programs.
struct SuppressionView {
  let time: LocalTime

  func table(_ suppressions: [Suppression]) -> TextTable {
    var table = TextTable([
      .left("ID"), .left("ADDRESS"), .left("CHANNEL"), .left("FORBIDS"), .left("WHY"),
      .left("SINCE"), .left("UNTIL"), .left("FROM"),
    ])
    for one in suppressions {
      table.add([
        one.id, one.addressText ?? "(erased)", one.channel.rawValue, one.scope.rawValue,
        StateWording.reason(one.reason), time.text(one.createdAt),
        one.expiresAt.map(time.text) ?? "", one.source,
      ])
    }
    return table
  }

  /// How it stands with the provider's list, and what to do.
  func sentence(_ sync: SuppressionSyncState?) -> String {
    guard let sync else {
      return "The provider's list was never read: `aiom serve` or `aiom suppression sync` does."
    }
    return [pulled(sync), pushed(sync)].compactMap(\.self).joined(separator: "\n")
  }

  private func pulled(_ sync: SuppressionSyncState) -> String {
    let last =
      sync.wholeAt.map { "last read \(time.text($0)), \(sync.listed) entries" } ?? "never read"
    switch sync.pullCode {
    case nil: return "The provider's list: \(last)."
    case SuppressionSyncState.notPermitted:
      return "The provider's list is off: the key may not use /suppression/view (\(last)). "
        + "Sending goes on; allow the endpoint to know what the provider refuses."
    case let code?: return "The provider's list could not be read (\(code)); \(last)."
    }
  }

  private func pushed(_ sync: SuppressionSyncState) -> String? {
    switch sync.pushCode {
    case nil: nil
    case SuppressionSyncState.notPermitted:
      "Ours are not told the provider: the key may not use /suppression/add. They bind here."
    case let code?: "Ours could not all be told the provider (\(code)); the next sync goes on."
    }
  }

  static func json(_ one: Suppression) -> JSONValue {
    [
      "id": .string(one.id), "channel": .string(one.channel.rawValue),
      "address": one.addressText.map { .string($0) } ?? .null,
      "address_digest": .string(one.address.hex), "scope": .string(one.scope.rawValue),
      "reason": .string(one.reason.rawValue), "source": .string(one.source),
      "created_at": .string(one.createdAt.rfc3339),
      "expires_at": one.expiresAt.map { .string($0.rfc3339) } ?? .null,
      "evidence": one.evidence.map { .string($0) } ?? .null,
    ]
  }

  static func json(_ sync: SuppressionSyncState) -> JSONValue {
    [
      "pull": .string(sync.pullCode ?? "ok"), "push": .string(sync.pushCode ?? "ok"),
      "looked_at": .string(sync.lookedAt.rfc3339),
      "whole_at": sync.wholeAt.map { .string($0.rfc3339) } ?? .null,
      "listed": .integer(Int64(sync.listed)),
    ]
  }
}
