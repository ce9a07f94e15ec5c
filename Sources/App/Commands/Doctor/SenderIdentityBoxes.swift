import Addressing
import Engine

/// The boxes about one sender at the provider: whether it is taken, and the DNS records of its domain.
struct SenderIdentityBoxes: Sendable {
  private let id: String
  private let title: String
  private let mailbox: Mailbox?
  private let isMailNeeded: Bool
  private let verdict: SenderVerdict?
  /// Why nobody can tell, where that is so, and what to do.
  private let unknown: String
  private let wayOut: String
  private let policies: SenderPolicies

  /// - Parameter facts: nil where the provider was not asked.
  init(_ sender: SenderIdentity, _ facts: VendorSenderFacts?, _ policies: SenderPolicies) {
    self.policies = policies
    id = sender.id.rawValue
    title = "Sender \(sender.id.rawValue)"
    mailbox = sender.mailbox
    isMailNeeded = false
    verdict = SenderVerdict(sender.mailbox.address, facts)
    (unknown, wayOut) = Self.reason(facts)
  }

  /// Of the one in the organisation's settings.
  init(
    settingsOf organisation: Organisation, _ facts: VendorSenderFacts?, _ policies: SenderPolicies
  ) {
    self.policies = policies
    id = SenderID.reserved
    title = "Sender \(SenderID.reserved)"
    mailbox = organisation.sender
    isMailNeeded = true
    verdict = organisation.sender.map { SenderVerdict($0.address, facts) }
    (unknown, wayOut) = Self.reason(facts)
  }

  private static func reason(_ facts: VendorSenderFacts?) -> (found: String, fix: String) {
    guard let facts else {
      return ("the provider was not asked", "`aiom sender check` asks, where there is a key.")
    }
    return facts.isUnanswered
      ? ("the provider did not answer", "Run `aiom sender check` again.")
      : (
        "the key may not see senders and domains",
        "Look in SMTP2GO's dashboard, or give the key /single_sender_emails/view and /domain/view."
      )
  }

  /// One line for whether it is taken, and one for each record.
  var all: [Box] {
    guard let verdict, let mailbox else {
      return [
        Box(
          "sender.\(id)", title, .missing, "no sender is set",
          fix: "`aiom org set --sender \"Name <address>\"`.")
      ]
    }
    // An address that was verified by itself needs no records of its domain.
    let isOptional = verdict.isSingle
    return [line] + [
      record("dkim", "DKIM", verdict.dkim, verdict.domain?.dkim, isOptional, mailbox),
      record(
        "return_path", "return path", verdict.returnPath, verdict.domain?.returnPath, isOptional,
        mailbox),
      record("spf", "SPF", verdict.spf, verdict.domain?.returnPath, isOptional, mailbox),
      dmarc(verdict, mailbox).box("sender.\(id).dmarc", "\(title), DMARC"),
    ]
  }

  private func dmarc(_ verdict: SenderVerdict, _ mailbox: Mailbox) -> DMARCWording {
    let domain = mailbox.address.domain
    return DMARCWording(
      domain, policies[domain], dkim: verdict.dkim, returnPath: verdict.returnPath)
  }

  /// One line: the sender with all its records.
  var line: Box {
    guard let verdict, let mailbox else { return all[0] }
    let box = (id: "sender.\(id)", name: DisplayText.line(mailbox.rawValue))
    switch verdict.sender {
    case .ok:
      return Box(
        box.id, title, .ok, "\(box.name): \(how(verdict, mailbox))", optional: !isMailNeeded)
    case .missing:
      return Box(
        box.id, title, .missing, "\(box.name): not verified; \(records(verdict, mailbox))",
        fix: (isMailNeeded ? "" : "Nothing goes out under it. ")
          + "Verify the address or its domain in SMTP2GO's dashboard, then `aiom sender check`. "
          + AccountBoxes.guide, optional: !isMailNeeded)
    case .cannotTell:
      return Box(
        box.id, title, .cannotTell, "\(box.name): \(unknown)",
        fix: "Sending works all the same, and the provider decides. \(wayOut)",
        optional: !isMailNeeded)
    }
  }

  private func how(_ verdict: SenderVerdict, _ mailbox: Mailbox) -> String {
    verdict.isSingle && verdict.domain?.isVerified != true
      ? "the address is verified by itself; \(records(verdict, mailbox))"
      : "verified by its domain; \(records(verdict, mailbox))"
  }

  private static func publish(_ record: String?) -> String {
    record.map { "Publish CNAME \(DisplayText.line($0))." }
      ?? "Add the domain in SMTP2GO's dashboard and publish its CNAME records. "
      + AccountBoxes.guide
  }

  /// `DKIM ok, return path ok, SPF ok, DMARC cannot tell`.
  private func records(_ verdict: SenderVerdict, _ mailbox: Mailbox) -> String {
    let facts = [
      ("DKIM", verdict.dkim.state), ("return path", verdict.returnPath.state),
      ("SPF", verdict.spf.state), ("DMARC", dmarc(verdict, mailbox).state),
    ]
    return facts.map { "\($0) \($1.word)" }.joined(separator: ", ")
  }

  private func record(
    _ name: String, _ words: String, _ fact: SenderVerdict.Fact, _ record: VendorRecord?,
    _ isOptional: Bool, _ mailbox: Mailbox
  ) -> Box {
    let domain = mailbox.address.domain
    let host = record?.host.map { "\($0).\(domain)" }
    let target = record?.target.map { " -> \($0)" } ?? ""
    let found =
      switch fact {
      case .ok: "found"
      case .missing: record == nil ? "\(domain) is not at SMTP2GO" : "not found"
      case .cannotTell: record == nil ? unknown : "the provider does not say"
      }
    return Box(
      "sender.\(id).\(name)", "\(title), \(words)", fact.state, found,
      fix: fact == .cannotTell ? wayOut : Self.publish(host.map { $0 + target }),
      optional: isOptional || !isMailNeeded)
  }
}

extension SenderVerdict.Fact {
  /// The same for a box.
  var state: Box.State {
    switch self {
    case .ok: .ok
    case .missing: .missing
    case .cannotTell: .cannotTell
    }
  }
}

extension VendorSenderFacts {
  /// Whether the provider did not answer one of the questions this time.
  var isUnanswered: Bool {
    if case .failed = senders { return true }
    if case .failed = domains { return true }
    return false
  }
}
