import ActionProtocol
import Decisions
import Testing

/// Messages that waited for the morning do not all leave in its first second.
@Suite struct DrainTests {
  /// A Wednesday, six in the morning in New York; the opening is at nine.
  private static let night = "2026-03-04T11:00:00Z"
  private static let opening = "2026-03-04T14:00:00Z"

  private func window(_ end: String = "17:00") throws -> RevalidationCheck {
    let hours = try #require(
      QuietHours(timezone: "America/New_York", start: "09:00", end: end, holidays: []))
    return RevalidationCheck(
      checkID: "quiet_hours", description: "Inside business hours", severity: .block,
      predicate: .quietHours(hours))
  }

  private func until(
    _ number: Int, _ drain: DrainPace = .standard, end: String = "17:00",
    executeBy: Instant? = nil, facts: OutreachFacts = OutreachFacts(), now: String = night
  ) throws -> Instant? {
    let message = OutreachMessage(
      .sendInvoiceReminder, .email, plan: [try window(end)],
      identity: Digest.sha256(Array("action \(number)".utf8)), executeBy: executeBy)
    return OutreachGuard.evaluate(
      message, facts: facts, rules: OutreachRules(drain: drain), now: try at(now)
    ).until
  }

  @Test func `each has its own instant in the half hour after the opening, always the same`() throws
  {
    let opening = try at(Self.opening)
    let instants = try (0..<500).map { try #require(try until($0)) }
    #expect(try (0..<500).map { try until($0) } == instants)
    #expect(instants.allSatisfy { $0 >= opening && $0 < opening.plus(minutes: 30) })
    let minutes = Dictionary(grouping: instants) {
      ($0.milliseconds - opening.milliseconds) / 60_000
    }
    #expect(minutes.count == 30)
    #expect(minutes.values.allSatisfy { $0.count < 40 })
  }

  @Test func `at another opening the order is another`() throws {
    let today = try (0..<50).map { try #require(try until($0)) }
    let tomorrow = try (0..<50).map { try #require(try until($0, now: "2026-03-05T11:00:00Z")) }
    #expect(zip(today, tomorrow).contains { $1.milliseconds - $0.milliseconds != 86_400_000 })
  }

  @Test func `without a spread all go at the opening`() throws {
    let none = DrainPace(spread: .zero, perMinute: 20)
    let opening = try at(Self.opening)
    #expect(try (0..<20).allSatisfy { try until($0, none) == opening })
  }

  @Test func `none is moved out of a short window, or past the end of its approval`() throws {
    let opening = try at(Self.opening)
    for number in 0..<100 {
      let short = try #require(try until(number, end: "09:10"))
      #expect(short >= opening && short < opening.plus(minutes: 10))
      let late = try #require(try until(number, executeBy: opening.plus(minutes: 6)))
      #expect(late >= opening && late < opening.plus(minutes: 5))
    }
  }

  @Test func `a cool-down that ends while it is open ends at its exact instant`() throws {
    let sent = try at("2026-03-04T15:07:13Z")
    let facts = OutreachFacts(lastToPartner: sent)
    #expect(try until(7, facts: facts, now: "2026-03-04T15:30:00Z") == sent.plus(minutes: 240))
  }
}
