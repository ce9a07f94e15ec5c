import Addressing
import Connectors
import Engine
import Synchronization
import Testing

@testable import App

@Suite struct DMARCWordingTests {
  private func box(
    _ text: String, at place: String = "acme.com", dkim: SenderVerdict.Fact = .ok,
    path: SenderVerdict.Fact = .ok
  ) throws -> Box {
    DMARCWording(
      "acme.com", .found(.record(try DMARCRecord(text), domain: place)), dkim: dkim,
      returnPath: path
    ).box("dmarc", "DMARC")
  }

  @Test(
    arguments: [
      ("p=none", .missing, .missing, .ok, "only report"),
      ("p=reject", .ok, .ok, .ok, "by DKIM and by SPF"),
      ("p=reject", .ok, .missing, .ok, "by DKIM alone"),
      ("p=quarantine; pct=50", .missing, .ok, .ok, "for 50 % of what fails"),
      ("p=reject; aspf=s", .ok, .ok, .ok, "by DKIM alone"),
      ("p=reject; aspf=s", .missing, .ok, .missing, "aspf=s does not take"),
      ("p=reject", .missing, .missing, .missing, "receivers refuse the messages"),
      ("p=quarantine", .missing, .missing, .missing, "file the messages as spam"),
      ("p=reject", .cannotTell, .cannotTell, .ok, "nobody can tell"),
      ("p=reject", .missing, .cannotTell, .ok, "nobody can tell"),
    ] as [(String, SenderVerdict.Fact, SenderVerdict.Fact, Box.State, String)])
  func `the policy, and what it means for sending`(
    _ tags: String, _ dkim: SenderVerdict.Fact, _ path: SenderVerdict.Fact, _ state: Box.State,
    _ words: String
  ) throws {
    let box = try box("v=DMARC1; \(tags)", dkim: dkim, path: path)
    #expect(box.state == state)
    #expect(box.found.contains(words), "\(box.found)")
    #expect(box.found.hasPrefix(String(tags.prefix { $0 != ";" })))
    #expect(!box.isInTheWay)
  }

  @Test func `a record above speaks for the domains below it`() throws {
    let above = try box("v=DMARC1; p=reject; sp=none", at: "com")
    #expect(above.found == "p=none (by _dmarc.com): fine to send with; receivers only report")
    #expect(try box("v=DMARC1; p=reject; sp=none").found.hasPrefix("p=reject:"))
  }

  @Test(
    arguments: [
      (.found(.absent), .missing, "v=DMARC1; p=none"),
      (.found(.several(domain: "acme.com")), .missing, "Leave one"),
      (.found(.unreadable(domain: "acme.com")), .missing, "p=reject"),
      (.found(.noAnswer(domain: "acme.com")), .cannotTell, "resolves names"),
      (.offline, .cannotTell, "--offline"), (.reserved, .cannotTell, "your customers"),
      (.sandbox, .cannotTell, "_dmarc.acme.com"),
    ] as [(DMARCKnowledge, Box.State, String)])
  func `where there is none, what to do`(
    _ knowledge: DMARCKnowledge, _ state: Box.State, _ fix: String
  ) {
    let box = DMARCWording("acme.com", knowledge, dkim: .ok, returnPath: .ok).box("dmarc", "DMARC")
    #expect(box.state == state)
    #expect(box.fix.contains(fix), "\(box.fix)")
    #expect(!box.isInTheWay)
  }

  @Test func `names for examples and sandboxes are not looked up, others once and in ASCII`()
    async throws
  {
    let asked = Mutex<[String]>([])
    let lookup = TXTLookup { name in
      asked.withLock { $0.append(name) }
      return .records(["v=DMARC1; p=none"])
    }
    let senders = try [
      "a@harbor.example", "b@acme.test", "c@example.com", "d@bücher-kontor.de",
      "e@xn--bcher-kontor-dlb.de",
    ].map { try Mailbox($0) }
    let sandbox = await SenderPolicies.look(senders, isSandbox: true, lookup: lookup)
    #expect(asked.withLock { $0 } == [])
    #expect(sandbox["xn--bcher-kontor-dlb.de"] == .sandbox)
    let live = await SenderPolicies.look(senders, isSandbox: false, lookup: lookup)
    #expect(live["harbor.example"] == .reserved)
    #expect(asked.withLock { $0 } == ["_dmarc.xn--bcher-kontor-dlb.de"])
    #expect(live["never.asked"] == .offline)
  }
}
