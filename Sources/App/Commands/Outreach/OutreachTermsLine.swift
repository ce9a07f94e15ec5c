import ActionProtocol
import Decisions

/// Budget and consents of a line that asks the guard.
enum OutreachTermsLine {
  /// A line is about one recipient, whoever it is.
  static let recipient = Digest.sha256([])

  static func read(_ line: JSONLine, into facts: inout OutreachFacts) throws(LineIssue) {
    for consent in try line.lines("consents") {
      guard let basis = try consent.word("basis", as: ConsentBasis.self) else {
        throw consent.wrong("basis", "no basis", "Write express, implied or contract.")
      }
      facts.consents.append(
        ConsentFact(
          basis: basis, scope: SuppressionScope(rawValue: try consent.text("scope") ?? "all"),
          obtainedAt: try consent.instant("obtained_at"),
          expiresAt: try consent.optionalInstant("expires_at"),
          withdrawnAt: try consent.optionalInstant("withdrawn_at"), address: recipient))
    }
    let month = try line.line("month")
    guard !month.members.isEmpty else { return }
    guard let channel = try line.word("channel", as: OutreachChannel.self),
      let spent = try amount(month, "spent", channel)
    else {
      throw month.wrong("spent", "no amount", "Write what the month's messages cost so far.")
    }
    facts.month = SpentMonth(spent: spent, end: try month.instant("end"))
  }

  static func budget(_ line: JSONLine) throws(LineIssue) -> OutreachBudget {
    let emails = try line.number("emails")
    if let emails, !OutreachBudget.emailRange.contains(emails) {
      throw line.wrong("emails", "no number of e-mails", "Write a whole number above 0.")
    }
    return OutreachBudget(emails: emails, sms: try price(line, "sms"))
  }

  /// E-mails as a number; money as a text such as `"0.04"`.
  static func amount(
    _ line: JSONLine, _ key: String, _ channel: OutreachChannel
  ) throws(LineIssue) -> Int64? {
    switch channel {
    case .sms: return try price(line, key)?.micros
    case .email:
      guard let count = try line.number(key) else { return nil }
      guard count >= 0 else { throw line.wrong(key, "below 0", "Write a whole number.") }
      return Int64(count)
    }
  }

  private static func price(_ line: JSONLine, _ key: String) throws(LineIssue) -> Price? {
    guard let text = try line.text(key) else { return nil }
    guard let price = Price(text) else {
      throw line.wrong(key, "no amount", #"Write it as "12.50", in quotes."#)
    }
    return price
  }
}
