import ActionProtocol
import Decisions
import Engine

/// What many calls reserve: each statement once for all of them.
extension SQLTransaction {
  func reserve(_ reservations: [OutreachReservation]) throws {
    let plain = reservations.filter { $0.partners.count <= 1 && $0.scopes.count <= 1 }
    try sql.enqueue(Self.reserve, each: plain.map(reservedMessage))
    try sql.enqueue(Self.reserveAddress, each: plain.flatMap(reservedAddresses))
    try spend(plain)
    // One about several matters, or to several customers, is seldom among them.
    for other in reservations where other.partners.count > 1 || other.scopes.count > 1 {
      try reserve(other)
    }
  }

  private static let reserve = """
    INSERT INTO outreach (org_id, action_id, revision, call, channel, partner_id, scope,
      delivery, state, at, audience, month, cost)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'reserved', $9, $10, $11, $12)
    """

  private static let reserveAddress = """
    INSERT INTO outreach_addresses (org_id, action_id, revision, call, address, channel,
      delivery, at, domain)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    """

  private func reservedMessage(_ outreach: OutreachReservation) -> [SQLValue] {
    names(outreach.org, outreach.operation) + [
      .text(outreach.channel.rawValue), .optional(outreach.partners.first?.rawValue),
      .optional(outreach.scopes.first), .text(outreach.delivery.rawValue), .instant(outreach.at),
      .text(outreach.audience.rawValue), .integer(Int64(outreach.month?.number ?? 0)),
      .integer(outreach.cost),
    ]
  }

  private func reservedAddresses(_ outreach: OutreachReservation) -> [[SQLValue]] {
    outreach.addresses.map { address in
      names(outreach.org, outreach.operation) + [
        .text(address.hex), .text(outreach.channel.rawValue), .text(outreach.delivery.rawValue),
        .instant(outreach.at), .optional(outreach.domains[address]?.hex),
      ]
    }
  }
}
