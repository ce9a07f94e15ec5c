import ActionProtocol
import Cards
import Decisions
import Engine

/// Consents for people and programs.
struct ConsentView {
  let time: LocalTime
  let now: Instant

  func table(_ consents: [Consent]) -> TextTable {
    var table = TextTable([
      .left("ID"), .left("ADDRESS"), .left("CHANNEL"), .left("ALLOWS"), .left("BASIS"),
      .left("GIVEN"), .left("STATE"), .left("FROM"), .left("EVIDENCE"),
    ])
    for one in consents {
      table.add([
        one.id, one.addressText ?? "(erased)", one.channel.rawValue, one.scope.rawValue,
        one.basis.rawValue, time.text(one.obtainedAt), state(one), one.source,
        one.evidence ?? "",
      ])
    }
    return table
  }

  private func state(_ one: Consent) -> String {
    if let withdrawn = one.withdrawnAt { return "withdrawn \(time.text(withdrawn))" }
    guard let end = one.fact.end else { return "in force" }
    return end > now ? "in force until \(time.text(end))" : "ended \(time.text(end))"
  }

  static func json(_ one: Consent, at now: Instant) -> JSONValue {
    [
      "id": .string(one.id), "channel": .string(one.channel.rawValue),
      "address": one.addressText.map { .string($0) } ?? .null,
      "address_digest": .string(one.address.hex), "basis": .string(one.basis.rawValue),
      "scope": .string(one.scope.rawValue), "obtained_at": .string(one.obtainedAt.rfc3339),
      "ends_at": one.fact.end.map { .string($0.rfc3339) } ?? .null,
      "withdrawn_at": one.withdrawnAt.map { .string($0.rfc3339) } ?? .null,
      "in_force": .bool(one.isInForce(at: now)), "source": .string(one.source),
      "evidence": one.evidence.map { .string($0) } ?? .null,
      "recorded_at": .string(one.recordedAt.rfc3339),
      "recorded_by": .string(one.recordedBy.rawValue),
    ]
  }
}
