import ActionProtocol
import Addressing
import Decisions
import Engine

extension SQLTransaction {
  func usage(_ org: OrgID, from start: Instant, before end: Instant) throws -> [UsageLine] {
    try emailUsage(org, start, end) + smsUsage(org, start, end)
  }

  func busiestDay(_ org: OrgID, from start: Instant, before end: Instant) throws -> Int {
    let days = try sql.all(UsageStatements.days, period(org, start, end)) { Int($0.integer(0)) }
    return days.max() ?? 0
  }

  /// One row for each purpose, mode and country: counted by the database.
  private func emailUsage(
    _ org: OrgID, _ start: Instant, _ end: Instant
  ) throws -> [UsageLine] {
    try sql.all(
      UsageStatements.emails, period(org, start, end)
    ) { row in
      UsageLine(
        actionType: try Self.type(row.text(0)), channel: .email,
        delivery: try Self.delivery(row.text(1)), country: row.optionalText(2),
        messages: Int(row.integer(3)), units: Int(row.integer(4)))
    }
  }

  /// Segments and countries stand in the texts and numbers themselves, so that each is read.
  private func smsUsage(
    _ org: OrgID, _ start: Instant, _ end: Instant
  ) throws -> [UsageLine] {
    let sent = try sql.all(
      UsageStatements.texts, period(org, start, end)
    ) { row in try Self.sms(row.blob(1), try Self.delivery(row.text(0))) }
    var lines: [UsageLine] = []
    var places: [UsageLine: Int] = [:]
    for line in sent {
      var kind = line
      (kind.messages, kind.units) = (0, 0)
      if let place = places[kind] {
        lines[place].messages += line.messages
        lines[place].units += line.units
      } else {
        places[kind] = lines.count
        lines.append(line)
      }
    }
    return lines
  }

  private func period(_ org: OrgID, _ start: Instant, _ end: Instant) -> [SQLValue] {
    [.text(org.rawValue), .instant(start), .instant(end)]
  }

  private static func sms(_ document: [UInt8], _ delivery: DeliveryMode) throws -> UsageLine {
    guard case .success(let proposal) = ProposalReader.read(document),
      case .sms(let type, let sms) = proposal.operation, let text = try? SMSText(sms.body)
    else { throw StoreError(code: "corrupt", detail: "the document of a sent SMS") }
    return UsageLine(
      actionType: type.actionType, channel: .sms, delivery: delivery, country: sms.to.country,
      messages: 1,
      units: text.segments)
  }

  private static func type(_ text: String) throws -> ActionType {
    guard let type = ActionType(rawValue: text) else {
      throw StoreError(code: "corrupt", detail: "an action's type")
    }
    return type
  }

  private static func delivery(_ text: String) throws -> DeliveryMode {
    guard let mode = DeliveryMode(rawValue: text) else {
      throw StoreError(code: "corrupt", detail: "an attempt's delivery mode")
    }
    return mode
  }
}
