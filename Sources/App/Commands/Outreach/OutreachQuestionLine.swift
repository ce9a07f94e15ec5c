import ActionProtocol
import Decisions
import Foundation

/// A line that asks the guard.
struct OutreachQuestionLine {
  let message: OutreachMessage
  let facts: OutreachFacts
  let rules: OutreachRules
  let now: Instant

  init(_ line: JSONLine) throws(LineIssue) {
    now = try line.instant("now")
    guard let type = try line.word("type", as: ActionType.self) else {
      throw line.wrong("type", "no action type", "Write it as send_invoice_reminder.")
    }
    guard let channel = try line.word("channel", as: OutreachChannel.self) else {
      throw line.wrong("channel", "no channel", "Write email or sms.")
    }
    rules = try Self.rules(line.line("rules"), hasConsents: line.members["consents"] != nil)
    message = try Self.message(line, type, channel)
    var facts = try Self.facts(line, type, channel, rules.caps)
    try OutreachTermsLine.read(line, into: &facts)
    self.facts = facts
  }

  private static func message(
    _ line: JSONLine, _ type: ActionType, _ channel: OutreachChannel
  ) throws(LineIssue) -> OutreachMessage {
    var message = OutreachMessage(type, channel)
    if let word = try line.text("priority") {
      guard let priority = ActionPriority(word: word) else {
        throw line.wrong("priority", "no priority", "Write critical, high, normal or low.")
      }
      message.priority = priority
    }
    message.isWaived = try line.flag("waived")
    message.executeBy = try line.optionalInstant("execute_by")
    message.cost = try OutreachTermsLine.amount(line, "cost", channel) ?? 0
    message.recipients = [OutreachTermsLine.recipient]
    message.identity = try line.text("identity").map { Digest.sha256(Array($0.utf8)) }
    return message
  }

  private static func facts(
    _ line: JSONLine, _ type: ActionType, _ channel: OutreachChannel, _ caps: OutreachCaps
  ) throws(LineIssue) -> OutreachFacts {
    var facts = OutreachFacts()
    facts.lastToPartner = try line.optionalInstant("last_to_partner")
    facts.lastToAddress = try line.optionalInstant("last_to_address")
    facts.reviewedAt = try line.optionalInstant("reviewed_at")
    let sent = try line.line("sent_to")
    for subject in OutreachCap.Subject.allCases {
      let instants = try sent.instants(subject.rawValue).sorted(by: >)
      facts.counted += OutreachCap.Span.allCases.map {
        CountedMessages(subject, $0, instants: instants)
      }
    }
    for suppression in try line.lines("suppressions") {
      guard let reason = try suppression.word("reason", as: SuppressionReason.self) else {
        throw suppression.wrong("reason", "no reason", "Write it as hard_bounce.")
      }
      facts.suppressions.append(
        SuppressionFact(
          scope: SuppressionScope(rawValue: try suppression.text("scope") ?? "all"),
          reason: reason, since: try suppression.instant("since"),
          until: try suppression.optionalInstant("until"), address: OutreachTermsLine.recipient))
    }
    if let hours = try hours(line, type, channel) { facts.hours = [hours] }
    return facts
  }

  /// When the recipient may be written to; nil where the line names no hours.
  private static func hours(
    _ line: JSONLine, _ type: ActionType, _ channel: OutreachChannel
  ) throws(LineIssue) -> RecipientHours? {
    let named = try line.line("hours")
    guard !named.members.isEmpty else { return nil }
    let (place, zone) = try organisation(line)
    let hours = QuietHours(
      timezone: zone.identifier, start: try named.text("start") ?? "09:00",
      end: try named.text("end") ?? "17:00", days: try named.days("days") ?? [1, 2, 3, 4, 5],
      holidays: [])
    guard let hours else {
      throw named.wrong(
        "hours", "no hours", "Write times as 09:00, days as [1, 2, 3, 4, 5].")
    }
    let recipient = try line.line("recipient")
    let zones = RecipientZones(
      contact: try Self.place(recipient, "contact"), company: try Self.place(recipient, "company"),
      phoneCountry: try recipient.text("phone_country"), organisation: (zone, place))
    guard zones.unknown.isEmpty else {
      throw recipient.wrong(
        "recipient", "in \(zones.unknown.joined(separator: ", ")), which is no zone or country",
        "Write Europe/Berlin or DE.")
    }
    return RecipientHours(zones, hours: hours, channel: channel, type: type)
  }

  private static func organisation(
    _ line: JSONLine
  ) throws(LineIssue) -> (country: String, zone: TimeZone) {
    let own = try line.line("organisation")
    guard let zone = TimeZone(identifier: try own.text("zone") ?? "UTC") else {
      throw own.wrong("zone", "no time zone", "Write it as Europe/Berlin.")
    }
    return (try own.text("country") ?? "", zone)
  }

  private static func place(
    _ recipient: JSONLine, _ key: String
  ) throws(LineIssue) -> RecordedPlace? {
    let place = try recipient.line(key)
    guard !place.members.isEmpty else { return nil }
    return RecordedPlace(zone: try place.text("zone"), country: try place.text("country"))
  }

  private static func rules(
    _ line: JSONLine, hasConsents: Bool
  ) throws(LineIssue) -> OutreachRules {
    var rules = OutreachRules.standard
    rules.budget = try OutreachTermsLine.budget(line.line("budget"))
    // Who says nothing of consents does not ask about them.
    rules.consent =
      try line.word("consent", as: ConsentRequirement.self) ?? (hasConsents ? .standard : .none)
    let coolDowns = try line.line("cool_down_minutes")
    if let email = try minutes(coolDowns, "email") { rules.coolDowns.email = email }
    if let sms = try minutes(coolDowns, "sms") { rules.coolDowns.sms = sms }
    if let spread = try minutes(line, "spread_minutes") { rules.drain.spread = spread }
    for (name, value) in try line.line("caps").members {
      guard let cap = OutreachCap(name: name) else {
        throw line.wrong("caps", "the name of no cap: \(name)", "Write it as email.org.hour.")
      }
      switch value {
      case .null: rules.caps[cap] = nil
      case .integer(let limit) where (1...Int64(OutreachCaps.most)).contains(limit):
        rules.caps[cap] = Int(limit)
      default:
        throw line.wrong(
          "caps", "no limit for \(name)", "Write a number from 1 to \(OutreachCaps.most), or null.")
      }
    }
    return rules
  }

  private static func minutes(_ line: JSONLine, _ key: String) throws(LineIssue) -> Duration? {
    guard let minutes = try line.number(key) else { return nil }
    guard (0...525_600).contains(minutes) else {
      throw line.wrong(key, "not from 0 to 525600", "Write whole minutes.")
    }
    return .seconds(minutes * 60)
  }
}
