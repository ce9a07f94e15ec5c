import Synchronization
import Testing

@testable import Connectors

/// A name system in a table, which remembers what it was asked.
private final class Table: Sendable {
  private let zones: [String: TXTLookup.Answer]
  private let asked = Mutex<[String]>([])

  init(_ zones: [String: TXTLookup.Answer]) { self.zones = zones }

  var questions: [String] { asked.withLock { $0 } }

  func find(_ domain: String) async -> DMARCFinding {
    await DMARCDiscovery(
      TXTLookup { name in
        self.asked.withLock { $0.append(name) }
        return self.zones[name] ?? .absent
      }
    ).find(domain)
  }
}

@Suite struct DMARCDiscoveryTests {
  private func place(_ finding: DMARCFinding) -> String {
    switch finding {
    case .record(let record, let domain): "\(record.policy.rawValue) at \(domain)"
    case .absent: "absent"
    case .several(let domain): "several at \(domain)"
    case .unreadable(let domain): "unreadable at \(domain)"
    case .noAnswer(let domain): "no answer at \(domain)"
    }
  }

  private static let none = TXTLookup.Answer.records(["v=DMARC1; p=none"])
  private static let reject = TXTLookup.Answer.records(["v=DMARC1; p=reject"])

  @Test func `the domain's own record is enough, and nothing else is asked`() async {
    let table = Table(["_dmarc.mail.acme.com": Self.reject, "_dmarc.acme.com": Self.none])
    #expect(place(await table.find("mail.acme.com")) == "reject at mail.acme.com")
    #expect(table.questions == ["_dmarc.mail.acme.com"])
  }

  @Test func `without one the organisation's counts, which has the fewest labels`() async {
    let table = Table(["_dmarc.b.acme.com": Self.none, "_dmarc.acme.com": Self.reject])
    #expect(place(await table.find("a.b.acme.com")) == "reject at acme.com")
    #expect(
      table.questions
        == ["_dmarc.a.b.acme.com", "_dmarc.b.acme.com", "_dmarc.acme.com", "_dmarc.com"])
  }

  @Test(
    arguments: [
      (["_dmarc.com": "v=DMARC1; p=reject"], "absent"),
      (["_dmarc.com": "v=DMARC1; p=reject; psd=y"], "reject at com"),
      (
        ["_dmarc.com": "v=DMARC1; p=reject; psd=y", "_dmarc.acme.com": "v=DMARC1; p=none"],
        "none at acme.com"
      ),
      (
        ["_dmarc.com": "v=DMARC1; p=reject; psd=y", "_dmarc.b.acme.com": "v=DMARC1; p=none"],
        "reject at com"
      ),
      (
        ["_dmarc.acme.com": "v=DMARC1; p=reject", "_dmarc.b.acme.com": "v=DMARC1; p=none; psd=n"],
        "none at b.acme.com"
      ),
      (["_dmarc.acme.com": "v=spf1 -all"], "absent"),
      (["_dmarc.acme.com": "v=DMARC1"], "absent"),
    ] as [([String: String], String)])
  func `where an organisation begins`(_ zones: [String: String], _ expected: String) async {
    let table = Table(zones.mapValues { .records([$0]) })
    #expect(place(await table.find("a.b.acme.com")) == expected)
  }

  @Test(arguments: [
    (["v=DMARC1; p=none", "v=DMARC1; p=none"], "several at acme.com"),
    (["v=DMARC1; p=none", "v=DMARC1"], "several at acme.com"),
    (["v=DMARC1"], "unreadable at acme.com"),
    (["v=spf1 -all", "v=DMARC1; p=none", "garbage"], "none at acme.com"),
    ([], "absent"),
    (["garbage", ""], "absent"),
  ])
  func `records of one name`(_ texts: [String], _ expected: String) async {
    #expect(place(await Table(["_dmarc.acme.com": .records(texts)]).find("acme.com")) == expected)
  }

  @Test func `no answer is never taken for no record`() async {
    let own = Table(["_dmarc.mail.acme.com": .failed, "_dmarc.acme.com": Self.none])
    #expect(place(await own.find("mail.acme.com")) == "no answer at mail.acme.com")
    let above = Table(["_dmarc.acme.com": .failed])
    #expect(place(await above.find("mail.acme.com")) == "no answer at acme.com")
  }

  @Test func `of a long name eight are asked about`() async {
    let table = Table([:])
    #expect(place(await table.find("a.b.c.d.e.f.g.h.i.j.acme.com")) == "absent")
    #expect(table.questions.count == DMARCDiscovery.mostQuestions)
    #expect(
      table.questions.prefix(2) == [
        "_dmarc.a.b.c.d.e.f.g.h.i.j.acme.com", "_dmarc.f.g.h.i.j.acme.com",
      ])
    #expect(table.questions.last == "_dmarc.com")
  }
}
