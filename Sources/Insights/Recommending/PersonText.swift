import ActionProtocol
import Addressing

/// One text to one person of the company. Deterministic; the number comes from the company's own persons
/// only.
public struct PersonText: Sendable {
  /// Two parts of the plain alphabet at most.
  private static let most = 300
  private static let titles = 3

  private let frame: ColleagueMessage

  private var company: CompanyProfile { frame.company }
  private var isGerman: Bool { MessageLanguage.base(company.locale) == "de" }

  public init(drafting: any MessageDrafting, company: CompanyProfile, now: Instant) {
    frame = ColleagueMessage(drafting: drafting, company: company, now: now)
  }

  /// Critical findings.
  /// - Parameters:
  ///   - findings: by number, the newest first; not empty.
  ///   - handle: who it is, in keys.
  public func proposal(
    alertedTo findings: [(number: Int64, title: String)], to name: String, _ handle: String,
    _ phone: PhoneNumber
  ) -> Proposal {
    let numbers = findings.map { String($0.number) }.joined(separator: ",")
    let what = findings.count == 1 ? "a critical finding" : "\(findings.count) critical findings"
    return proposal(
      text(isGerman ? "kritisch" : "critical", findings.map(\.title)), to: phone,
      key: [handle, "critical_alert", numbers, String(frame.now.milliseconds)],
      ColleagueMessage.Words(
        effect: "\(Wording.short(name, 120)) learns of \(what) at once.",
        reasoning: "The organisation wants its persons told (--tell-persons): \(what), first "
          + "\(Wording.line(findings.first?.title ?? "")).",
        name: "\(name): \(what)"))
  }

  /// What rules of the policy want a person to know.
  /// - Parameter news: the titles of proposals; not empty.
  public func proposal(
    news: [String], to name: String, _ handle: String, _ phone: PhoneNumber
  ) -> Proposal {
    let what = "news of \(news.count) \(news.count == 1 ? "proposal" : "proposals")"
    return proposal(
      text(isGerman ? "Neues" : "news", news), to: phone,
      key: [handle, "person_text", String(frame.now.milliseconds)],
      ColleagueMessage.Words(
        effect: "\(Wording.short(name, 120)) knows of \(what).",
        reasoning: "A rule of the policy wants it told by text: \(what), first "
          + "\(Wording.line(news.first ?? "")).",
        name: "\(name): \(what)"))
  }

  private func proposal(
    _ text: String, to phone: PhoneNumber, key: [String], _ words: ColleagueMessage.Words
  ) -> Proposal {
    frame.proposal(
      .sms(.xSendSMSAlert, SendSMS(to: phone, body: text)), about: AffectedRecords.personModel,
      key: key,
      words)
  }

  /// `AIOM, Acme: critical: Cash ends in 21 days; and 2 more.` Without a link: whoever wants to do
  /// something signs in.
  private func text(_ kind: String, _ titles: [String]) -> String {
    let shown = titles.prefix(Self.titles).map { Wording.short(Wording.line($0), 80) }
    let more = titles.count - shown.count
    let rest = more == 0 ? "." : isGerman ? "; und \(more) weitere." : "; and \(more) more."
    let head = "AIOM, \(Wording.short(company.name, 40)): \(kind): "
    let text = Wording.short(head + shown.joined(separator: "; "), Self.most - rest.count) + rest
    // A dash or a quotation mark would make a text of two parts one of five.
    guard let sms = try? SMSText(text) else { return text }
    return sms.transliterated?.text ?? text
  }
}
