import Addressing
import Engine
import SMTP2GO

/// The boxes about who the messages come from: the sender in the organisation's settings in detail,
/// each further one in a line. Another name than theirs is refused when it is proposed.
struct SenderBoxes: Sendable {
  let account: AccountBoxes

  var all: [Box] { [verified, domain] + records + [dmarc] + identities }

  /// `aiom sender check` has their records one by one.
  private var identities: [Box] {
    (account.organisation?.identities ?? []).map {
      SenderIdentityBoxes($0, probe.flatMap(\.senderFacts), account.policies).line
    }
  }

  private var probe: ProviderProbe? { account.probe }

  private static let senderFix =
    "`aiom org set --sender \"Name <address>\"`, or SMTP2GO_SENDER_EMAIL."

  private var verified: Box {
    let (id, title) = ("sender_verified", "Sender verified")
    guard let sender = account.sender else {
      return Box(id, title, .missing, "no sender is set", fix: Self.senderFix)
    }
    guard let probe, probe.isAuthenticated else { return account.notAsked(id, title) }
    let fix =
      "Verify the address or its domain in SMTP2GO's dashboard; others are refused. "
      + AccountBoxes.guide
    switch probe.isVerified(sender.address) {
    case true?: return Box(id, title, .ok, sender.address.rawValue)
    case false?:
      return Box(id, title, .missing, "\(sender.address.rawValue) is not verified", fix: fix)
    case nil:
      return Box(
        id, title, .cannotTell,
        "\(sender.address.rawValue): the key may not see senders and domains",
        fix: "Look in SMTP2GO's dashboard, or give the key /single_sender_emails/view and "
          + "/domain/view. `aiom smtp2go test` shows whether it is accepted.")
    }
  }

  private var domain: Box {
    let (id, title) = ("domain_verified", "Domain verified")
    switch entry {
    case .failure(let reason): return reason.box(id, title)
    case .success(let domain):
      return Box(
        id, title, domain.isVerified ? .ok : .missing,
        domain.isVerified ? domain.name : "\(domain.name): not all of its records are found",
        fix: "Publish the missing CNAME records; SMTP2GO looks again every few minutes.")
    }
  }

  /// SPF is checked on the return path, which is SMTP2GO's below your domain: its record settles
  /// both.
  private var records: [Box] {
    switch entry {
    case .failure(let reason):
      return [
        reason.box("dkim", "DKIM"), reason.box("return_path", "Return path"),
        reason.box("spf", "SPF"),
      ]
    case .success(let domain):
      return [
        record("dkim", "DKIM", domain.dkim, in: domain),
        record("return_path", "Return path", domain.returnPath, in: domain),
        record("spf", "SPF", domain.returnPath, in: domain, suffix: " (by the return path)"),
      ]
    }
  }

  private var dmarc: Box {
    guard let sender = account.sender else {
      return Box("dmarc", "DMARC", .cannotTell, "no sender is set", fix: Self.senderFix)
    }
    let verdict = SenderVerdict(sender.address, probe.flatMap(\.senderFacts))
    return DMARCWording(
      sender.address.domain, account.policies[sender.address.domain], dkim: verdict.dkim,
      returnPath: verdict.returnPath
    ).box("dmarc", "DMARC")
  }

  /// Why nothing can be said of the domain's records.
  private struct Reason: Error {
    let state: Box.State
    let found: String
    let fix: String

    func box(_ id: String, _ title: String) -> Box { Box(id, title, state, found, fix: fix) }
  }

  private var entry: Result<SenderDomain, Reason> {
    guard let sender = account.sender else {
      return .failure(Reason(state: .missing, found: "no sender is set", fix: Self.senderFix))
    }
    guard let probe, probe.isAuthenticated else {
      let box = account.notAsked("", "")
      return .failure(Reason(state: box.state, found: box.found, fix: box.fix))
    }
    guard probe.domains?.outcome.value != nil else {
      return .failure(
        Reason(
          state: .cannotTell, found: "the key may not see domains",
          fix: "Look in SMTP2GO's dashboard, or give the key /domain/view."))
    }
    guard let domain = probe.domain(of: sender.address) else {
      return .failure(
        Reason(
          state: .missing, found: "\(sender.address.domain) is not at SMTP2GO",
          fix: "Add it as a sender domain and publish its CNAME records. \(AccountBoxes.guide)"))
    }
    return .success(domain)
  }

  private func record(
    _ id: String, _ title: String, _ record: SenderDomain.Record, in domain: SenderDomain,
    suffix: String = ""
  ) -> Box {
    let host = record.name.map { "\($0).\(domain.name)" } ?? domain.name
    let target = record.value.map { " -> \($0)" } ?? ""
    switch record.isVerified {
    case true?: return Box(id, title, .ok, "found" + suffix)
    case false?:
      return Box(
        id, title, .missing, "not found" + suffix,
        fix: "Publish CNAME \(DisplayText.line(host + target)).")
    case nil:
      return Box(
        id, title, .cannotTell, "the provider does not say" + suffix,
        fix: "Look at the domain in SMTP2GO's dashboard.")
    }
  }
}
