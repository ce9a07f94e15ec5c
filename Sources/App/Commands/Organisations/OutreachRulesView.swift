import ActionProtocol
import Cards
import Decisions

/// The rules about outreach for people and programs.
enum OutreachRulesView {
  static func json(_ rules: OutreachRules) -> JSONValue {
    var caps: JSONObject = [:]
    for cap in OutreachCaps.all {
      caps[cap.name] = rules.caps[cap].map { .integer(Int64($0)) } ?? .null
    }
    return [
      "cool_down_minutes": [
        "email": .integer(minutes(rules.coolDowns.email)),
        "sms": .integer(minutes(rules.coolDowns.sms)),
      ],
      "caps": .object(caps), "spread_minutes": .integer(minutes(rules.drain.spread)),
      "drain_per_minute": .integer(Int64(rules.drain.perMinute)),
      "budget": [
        "emails_a_month": rules.budget.emails.map { .integer(Int64($0)) } ?? .null,
        "sms_a_month": rules.budget.sms.map { .string($0.text) } ?? .null,
      ],
      "consent": .string(rules.consent.rawValue),
      "own_holidays": .integer(Int64(rules.holidays.count)),
    ]
  }

  /// Rows of a table of two columns.
  static func rows(_ rules: OutreachRules) -> [[String]] {
    var rows = [
      [
        "cool-down",
        "e-mail \(minutes(rules.coolDowns.email)) min, SMS \(minutes(rules.coolDowns.sms)) min",
      ]
    ]
    for audience in OutreachAudience.allCases {
      for channel in OutreachChannel.allCases {
        let name = (channel == .email ? "e-mail" : "SMS") + " caps"
        rows.append([
          audience == .internal ? "\(name), own people" : name,
          words(rules.caps, audience, channel),
        ])
      }
    }
    let spread = minutes(rules.drain.spread)
    rows.append([
      "after opening",
      (spread == 0 ? "at once" : "spread over \(spread) min")
        + ", at most \(rules.drain.perMinute) a minute",
    ])
    rows.append(["monthly budget", words(rules.budget)])
    rows.append(["marketing consent", words(rules.consent)])
    if !rules.holidays.isEmpty {
      rows.append(["own holidays", "\(rules.holidays.count) added or taken away"])
    }
    return rows
  }

  private static func words(_ budget: OutreachBudget) -> String {
    let emails = budget.emails.map { "\(AmountText.grouped(String($0))) e-mails" }
    let sms = budget.sms.map { "SMS for \($0.text)" }
    let parts = [emails, sms].compactMap { $0 }
    return parts.isEmpty ? "none" : parts.joined(separator: ", ")
  }

  private static func words(_ consent: ConsentRequirement) -> String {
    switch consent {
    case .sms: "needed for SMS"
    case .email: "needed for e-mails"
    case .both: "needed for e-mails and SMS"
    case .none: "not asked for"
    }
  }

  private static func words(
    _ caps: OutreachCaps, _ audience: OutreachAudience, _ channel: OutreachChannel
  ) -> String {
    let parts = OutreachCaps.all.compactMap { cap -> String? in
      guard cap.audience == audience, cap.channel == channel, let limit = caps[cap] else {
        return nil
      }
      let whom = cap.subject == .org ? "" : "\(cap.subject.rawValue) "
      return "\(whom)\(limit)/\(cap.span.rawValue)"
    }
    return parts.isEmpty ? "none" : parts.joined(separator: ", ")
  }

  private static func minutes(_ duration: Duration) -> Int64 { duration.components.seconds / 60 }
}

extension OutreachRules {
  /// What the change to other rules changes, by the names of the fields: old and new.
  func changes(to new: OutreachRules) -> [(field: String, change: String)] {
    var values: [(String, String, String)] = [
      ("cool_down_email", Self.words(coolDowns.email), Self.words(new.coolDowns.email)),
      ("cool_down_sms", Self.words(coolDowns.sms), Self.words(new.coolDowns.sms)),
      ("spread", Self.words(drain.spread), Self.words(new.drain.spread)),
      ("drain", "\(drain.perMinute)/minute", "\(new.drain.perMinute)/minute"),
    ]
    values += [
      (
        "budget_email", Self.words(budget.emails), Self.words(new.budget.emails)
      ),
      (
        "budget_sms", budget.sms?.text ?? OrganisationForm.unlimited,
        new.budget.sms?.text ?? OrganisationForm.unlimited
      ),
      ("consent", consent.rawValue, new.consent.rawValue),
      ("holidays", Self.words(holidays), Self.words(new.holidays)),
    ]
    for cap in OutreachCaps.all {
      values.append(("cap_\(cap.name)", Self.words(caps[cap]), Self.words(new.caps[cap])))
    }
    return values.filter { $0.1 != $0.2 }.map { ($0.0, "\($0.1) -> \($0.2)") }
  }

  /// How many, and which: two files of as many days are two.
  private static func words(_ holidays: [HolidayChange]) -> String {
    guard !holidays.isEmpty else { return OrganisationForm.unlimited }
    let digest = Digest.sha256(Array(HolidayFile.text(holidays).utf8)).hex.prefix(8)
    return "\(holidays.count) days (\(digest))"
  }

  private static func words(_ duration: Duration) -> String {
    "\(duration.components.seconds / 60) min"
  }

  private static func words(_ limit: Int?) -> String {
    limit.map(String.init) ?? OrganisationForm.unlimited
  }
}
