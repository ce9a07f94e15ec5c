import ActionProtocol
import Decisions
import Engine

extension SQLTransaction: OutreachHistoryReading {
  func outreachHistory(
    _ org: OrgID, _ channel: OutreachChannel, to subject: OutreachSubject, _ delivery: DeliveryMode,
    before: Instant, limit: Int
  ) throws -> [OutreachEntry] {
    // SQLite numbers parameters as they appear, whatever their names.
    let arguments = { (key: SQLValue) -> [SQLValue] in
      [
        .text(org.rawValue), key, .text(channel.rawValue), .text(delivery.rawValue),
        .instant(before), .integer(Int64(limit)),
      ]
    }
    switch subject {
    case .address(let digest):
      return try sql.all(Self.historyOfAddress, arguments(.text(digest.hex)), entry)
    case .partners(let partners):
      var found: Set<OutreachEntry> = []
      for partner in partners {
        found.formUnion(
          try sql.all(Self.historyOfPartner, arguments(.integer(partner.rawValue)), entry))
        found.formUnion(
          try sql.all(
            Self.historyOfCounter, arguments(.text("partner:\(partner.rawValue)")), entry))
      }
      return Array(found.sorted(by: Self.isLater).prefix(limit))
    }
  }

  func hasOutreach(_ org: OrgID, _ operation: OperationID) throws -> Bool {
    try sql.first(
      """
      SELECT 1 FROM outreach
      WHERE org_id = $1 AND action_id = $2 AND revision = $3 AND call = $4
      """,
      [
        .text(org.rawValue), .text(operation.action.rawValue),
        .integer(Int64(operation.revision)), .integer(Int64(operation.call)),
      ]
    ) { $0.integer(0) } != nil
  }

  private static func isLater(_ left: OutreachEntry, _ right: OutreachEntry) -> Bool {
    left.at == right.at
      ? left.operation.rawValue > right.operation.rawValue : left.at > right.at
  }

  private static let columns = """
    SELECT o.action_id, o.revision, o.call, o.channel, o.partner_id, o.scope, o.state, o.at
    """

  private static let joined = """
    JOIN outreach AS o ON o.org_id = r.org_id AND o.action_id = r.action_id
      AND o.revision = r.revision AND o.call = r.call
    """

  private static let historyOfAddress = """
    \(columns) FROM outreach_addresses AS r \(joined)
    WHERE r.org_id = $1 AND r.address = $2 AND r.channel = $3 AND r.delivery = $4 AND r.at < $5
      AND r.counts = 1
    ORDER BY r.at DESC, r.action_id DESC LIMIT $6
    """

  private static let historyOfPartner = """
    \(columns) FROM outreach AS o
    WHERE o.org_id = $1 AND o.partner_id = $2 AND o.channel = $3 AND o.delivery = $4
      AND o.at < $5 AND o.counts = 1 AND o.partner_id IS NOT NULL
    ORDER BY o.at DESC, o.action_id DESC LIMIT $6
    """

  private static let historyOfCounter = """
    \(columns) FROM outreach_counters AS r \(joined)
    WHERE r.org_id = $1 AND r.counter = $2 AND r.channel = $3 AND r.delivery = $4 AND r.at < $5
      AND r.counts = 1
    ORDER BY r.at DESC, r.action_id DESC LIMIT $6
    """

  private func entry(_ row: any SQLRow) throws -> OutreachEntry {
    guard let action = ActionID(rawValue: row.text(0)),
      let channel = OutreachChannel(rawValue: row.text(3))
    else { throw StoreError(code: "corrupt", detail: "a column of outreach") }
    return OutreachEntry(
      operation: OperationID(
        action: action, revision: Int(row.integer(1)), call: Int(row.integer(2))),
      channel: channel, at: row.instant(7),
      partner: row.optionalInteger(4).flatMap(PartnerID.init(rawValue:)),
      scope: row.optionalText(5), isSent: row.text(6) == "sent")
  }
}
