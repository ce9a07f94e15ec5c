import Addressing
import Connectors
import Engine

/// What a sender domain's DMARC policy is, and what it means for what is sent.
struct DMARCWording: Sendable {
  let domain: String
  let knowledge: DMARCKnowledge
  /// Whether the domain's records are found at the provider: either makes messages pass.
  let dkim: SenderVerdict.Fact
  let returnPath: SenderVerdict.Fact

  init(
    _ domain: String, _ knowledge: DMARCKnowledge, dkim: SenderVerdict.Fact,
    returnPath: SenderVerdict.Fact
  ) {
    self.domain = domain
    self.knowledge = knowledge
    self.dkim = dkim
    self.returnPath = returnPath
  }

  /// Mail goes out without it too, and mailbox providers ask for it: so it is optional.
  func box(_ id: String, _ title: String) -> Box {
    switch knowledge {
    case .found(let finding): box(id, title, finding)
    case .offline:
      unknown(id, title, "not looked up", fix: "Run it without --offline.")
    case .reserved:
      unknown(
        id, title, "\(domain) is a name for examples, which nobody looks up",
        fix: "Set the sender that your customers are to see.")
    case .sandbox:
      unknown(
        id, title, "a sandbox organisation looks nothing up",
        fix: "Look up the TXT record _dmarc.\(domain), or ask again from a live organisation.")
    }
  }

  /// How it stands, in a word.
  var state: Box.State { box("", "").state }

  private func box(_ id: String, _ title: String, _ finding: DMARCFinding) -> Box {
    switch finding {
    case .record(let record, let place): return box(id, title, record, at: place)
    case .absent:
      return Box(
        id, title, .missing, "\(domain) has no policy",
        fix: "Publish the TXT record _dmarc.\(domain): \"v=DMARC1; p=none\". Gmail and Yahoo "
          + "refuse or file as spam what comes without one from who sends 5,000 a day or more.",
        optional: true)
    case .several(let place):
      return Box(
        id, title, .missing, "_dmarc.\(place) has more than one policy: receivers go by none",
        fix: "Leave one TXT record that begins with v=DMARC1.", optional: true)
    case .unreadable(let place):
      return Box(
        id, title, .missing,
        "_dmarc.\(place) has a record without a readable p=: receivers go by none",
        fix: "Write it as \"v=DMARC1; p=none\", or with p=quarantine or p=reject.",
        optional: true)
    case .noAnswer(let place):
      return unknown(
        id, title, "no name server answered for _dmarc.\(place)",
        fix: "Look whether this machine resolves names, then run it again.")
    }
  }

  private func box(
    _ id: String, _ title: String, _ record: DMARCRecord, at place: String
  ) -> Box {
    let policy = place == domain ? record.policy : record.subdomains ?? record.policy
    let found = "p=\(policy.rawValue)\(share(record, policy))\(source(record, place))"
    switch (policy, aligned(record)) {
    case (.none, _):
      return Box(id, title, .ok, "\(found): fine to send with; receivers only report")
    case (_, .ok):
      return Box(id, title, .ok, "\(found): \(passing(record))")
    case (_, .missing):
      return Box(
        id, title, .missing,
        "\(found): \(failing(record)), so receivers "
          + (policy == .reject ? "refuse the messages" : "file the messages as spam"),
        fix: "Publish the CNAME records that \"DKIM\" and \"Return path\" name.", optional: true)
    case (_, .cannotTell):
      return Box(
        id, title, .ok,
        "\(found): messages pass with DKIM or return path of \(domain), of which "
          + "nobody can tell")
    }
  }

  /// Whether messages pass. DKIM signs with the domain itself; the return path is a name below it, which
  /// a record may refuse.
  private func aligned(_ record: DMARCRecord) -> SenderVerdict.Fact {
    let path = record.spf == .strict ? .missing : returnPath
    if dkim == .ok || path == .ok { return .ok }
    return dkim == .missing && path == .missing ? .missing : .cannotTell
  }

  private func passing(_ record: DMARCRecord) -> String {
    switch (dkim == .ok, returnPath == .ok && record.spf == .relaxed) {
    case (true, true): "messages pass, by DKIM and by SPF of the return path"
    case (true, false): "messages pass, by DKIM alone"
    default: "messages pass, by SPF of the return path alone"
    }
  }

  private func failing(_ record: DMARCRecord) -> String {
    record.spf == .strict && returnPath != .missing
      ? "DKIM is not found, and aspf=s does not take the return path"
      : "neither DKIM nor return path is found"
  }

  private func share(_ record: DMARCRecord, _ policy: DMARCRecord.Policy) -> String {
    record.percent < 100 && policy != .none ? " for \(record.percent) % of what fails" : ""
  }

  private func source(_ record: DMARCRecord, _ place: String) -> String {
    place == domain ? "" : " (by _dmarc.\(place))"
  }

  private func unknown(_ id: String, _ title: String, _ found: String, fix: String) -> Box {
    Box(id, title, .cannotTell, found, fix: fix, optional: true)
  }
}
