import ActionProtocol
import Addressing
import Decisions
import Engine
import Testing
import TestSupport

@Suite struct TrackingSuppressionTests {
  struct Case: Sendable, CustomStringConvertible {
    var kind: String
    var code: String?
    var expected: String?

    var description: String { "\(kind) \(code ?? "")" }
  }

  @Test(arguments: [
    Case(kind: "hard_bounced", code: "550", expected: "all hard_bounce for good"),
    Case(kind: "bounced", code: "550", expected: "all hard_bounce for good"),
    Case(kind: "bounced", code: "451"), Case(kind: "bounced"),
    Case(kind: "soft_bounced", code: "451"),
    Case(kind: "complained", expected: "marketing complaint for good"),
    Case(kind: "unsubscribed", expected: "marketing unsubscribe for good"),
    Case(kind: "processed"), Case(kind: "delivered"), Case(kind: "opened"),
    Case(kind: "clicked"), Case(kind: "rejected"), Case(kind: "resubscribed"),
  ])
  func `each event forbids what it says and no more`(_ given: Case) async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.accepted()
    try await house.arrive(
      Post(id: "1", kind: given.kind, echo: house.echo(id), code: given.code),
      Post(id: "2", kind: given.kind, echo: house.echo(id), code: given.code))
    let found = try await house.suppressions().map {
      "\($0.scope.rawValue) \($0.reason.rawValue) \($0.expiresAt?.rfc3339 ?? "for good")"
    }
    #expect(found == [given.expected].compactMap { $0 })
    let entries = try await house.kinds().count { $0 == "suppression.added" }
    #expect(entries == found.count)
  }

  @Test func `the address is suppressed however it is spelt, and the record says why`()
    async throws
  {
    let house = try await EngineHouse.withAcme()
    let id = try await house.accepted()
    try await house.arrive(
      Post(
        id: "1", kind: "hard_bounced", echo: house.echo(id), recipient: "Billing+x@ACMECORP.com"))
    let found = try #require(try await house.suppressions("billing@acmecorp.com").first)
    #expect(found.source == "webhook")
    #expect(found.evidence == "1")
    #expect(found.addressText == "Billing+x@ACMECORP.com")
    #expect(!"\(found)".lowercased().contains("acmecorp"))
  }

  @Test func `an event without a recipient counts for the only one the call had`() async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.accepted()
    try await house.arrive(
      Post(id: "1", kind: "unsubscribed", echo: house.echo(id), recipient: nil))
    #expect(try await house.suppressions().map(\.reason) == [.unsubscribe])
  }

  @Test func `three soft bounces in a row rest an address for seven days, two do not`()
    async throws
  {
    let house = try await EngineHouse.withAcme()
    let id = try await house.accepted()
    func bounce(_ number: Int) -> Post {
      Post(
        id: "\(number)", kind: "soft_bounced", echo: house.echo(id),
        time: "2026-03-04T15:0\(number):00Z", code: "451")
    }
    try await house.arrive(bounce(1), bounce(2))
    #expect(try await house.suppressions().isEmpty)
    try await house.arrive(bounce(3))
    let end = try #require(Instant(rfc3339: "2026-03-11T15:03:00Z"))
    #expect(try await house.suppressions().map(\.expiresAt) == [end])
    house.clock.set(Instant(milliseconds: end.milliseconds - 1))
    #expect(try await house.suppressions().count == 1)
    house.clock.set(end)
    #expect(try await house.suppressions().isEmpty)
  }

  @Test func `five soft bounces in thirty days rest an address, also with deliveries between`()
    async throws
  {
    let house = try await EngineHouse.withAcme(at: "2026-03-30T15:00:00Z")
    let id = try await house.accepted()
    for day in 1...5 {
      #expect(try await house.suppressions().isEmpty, "before day \(day)")
      try await house.arrive(
        Post(
          id: "s\(day)", kind: "soft_bounced", echo: house.echo(id),
          time: "2026-03-2\(day)T10:00:00Z"))
      guard day < 5 else { break }
      try await house.arrive(
        Post(
          id: "d\(day)", kind: "delivered", echo: house.echo(id),
          time: "2026-03-2\(day)T11:00:00Z"))
    }
    #expect(try await house.suppressions().map(\.reason) == [.softBounce])
  }

  @Test func `a rehearsal's events close no address`() async throws {
    let configuration = EngineConfiguration(
      delivery: .redirect, redirectEmail: try EmailAddress("operator@harbor.example"))
    let house = try await EngineHouse.withAcme(configuration: configuration)
    let id = try await house.accepted()
    try await house.arrive(
      Post(
        id: "1", kind: "hard_bounced", echo: house.echo(id),
        recipient: "operator@harbor.example"))
    #expect(try await house.events(id).count == 1)
    #expect(try await house.suppressions("operator@harbor.example").isEmpty)
  }

  @Test(arguments: [(OrgMode.live, 0), (.sandbox, 1)])
  func `what a sandbox makes up for a live org's rehearsal does not bind`(
    mode: OrgMode, kept: Int
  ) async throws {
    let house = try await EngineHouse.withAcme()
    let id = try await house.accepted()
    try await house.change { $0.mode = mode }
    try await house.arrive(Post(id: "1", kind: "hard_bounced", echo: house.echo(id)))
    #expect(try await house.events(id).count == 1)
    #expect(try await house.suppressions().count == kept)
  }

  @Test func `soft bounces of a rehearsal do not add to those of live`() async throws {
    let house = try await EngineHouse.withAcme(
      configuration: EngineConfiguration(delivery: .live))
    try await house.change { $0.mode = .live }
    let live = try await house.accepted()
    let rehearsed = OperationID(action: live, revision: 1, call: 9)
    let (org, now) = (house.org, house.clock.now)
    let digest = try #require(try await house.attempts(live).first).intent.requestDigest
    let boot = try #require(try await house.attempts(live).first).intent.boot
    try await house.store.write { store in
      try store.insert(
        AttemptIntent(
          org: org, operation: rehearsed, boot: boot, token: 9, at: now, channel: .email,
          delivery: .sandbox, requestDigest: digest))
    }
    for day in 1...4 {
      try await house.arrive(
        Post(
          id: "r\(day)", kind: "soft_bounced", echo: rehearsed, time: "2026-03-0\(day)T10:00:00Z"))
    }
    try await house.arrive(
      Post(id: "l", kind: "soft_bounced", echo: house.echo(live), time: "2026-03-04T15:00:05Z"))
    #expect(try await house.suppressions().isEmpty)
  }

  @Test func `a STOP to a number that was only rehearsed with stops nothing in live`() async throws
  {
    let house = try await EngineHouse.withAcme()
    _ = try await house.sentText("alert-1", "Please call us.")
    try await house.change { $0.mode = .live }
    try await house.arrive(Post(id: "1", kind: "sms_opt_out", recipient: "16175550123"))
    #expect(try await house.suppressions("+16175550123", .sms).isEmpty)
    #expect(try await house.strays().map(\.attribution) == [.unmatched])
  }

  @Test func `a STOP that names no message counts for numbers the org has written to`()
    async throws
  {
    let house = try await EngineHouse.withAcme()
    _ = try await house.sentText("alert-1", "Please call us.")
    try await house.arrive(
      Post(id: "1", kind: "sms_opt_out", recipient: "16175550123"),
      Post(id: "2", kind: "sms_opt_out", recipient: "12025550959"))
    let found = try await house.suppressions("+16175550123", .sms)
    #expect(found.map(\.reason) == [.stop])
    #expect(found.map(\.scope) == [.all])
    #expect(try await house.suppressions("+12025550959", .sms).isEmpty)
    let attributions = Set(try await house.strays().map(\.attribution))
    #expect(attributions == [.address, .unmatched])
  }

  @Test func `merging never shortens and never overwrites`() async throws {
    let house = try await EngineHouse.withAcme()
    let org = house.org
    let day: Int64 = 86_400_000
    func suppression(_ id: String, _ days: Int64?) -> Suppression {
      Suppression(
        org: org, id: id, channel: .email, address: .sha256([1]), scope: .all, reason: .manual,
        source: id, createdAt: house.clock.now,
        expiresAt: days.map { Instant(milliseconds: house.clock.now.milliseconds + $0 * day) })
    }
    var answers: [SuppressionInsert] = []
    for (id, days) in [("a", 7), ("b", 3), ("c", 9), ("d", nil), ("e", 99)] as [(String, Int64?)] {
      let made = suppression(id, days)
      answers.append(try await house.store.write { try $0.insert(made) })
    }
    #expect(answers == [.added, .known, .prolonged, .prolonged, .known])
    let found = try await house.store.read {
      try $0.suppressions(org, .email, of: [.sha256([1])], at: $0.now)
    }
    #expect(found.map(\.id) == ["a"])
    #expect(found.map(\.expiresAt) == [nil])
  }
}
