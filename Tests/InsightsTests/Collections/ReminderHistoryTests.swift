import ActionProtocol
import Foundation
import Insights
import Testing

@Suite struct `Reminder history` {
  private static func sent(
    _ day: String, _ steps: [Int64: Int], _ arrival: SentReminder.Arrival = .delivered
  ) -> SentReminder {
    SentReminder(
      partner: Books.partnerID(7), sentOn: Books.day(day), arrival: arrival, steps: steps)
  }

  private static func result(
    on day: String, after reminders: [SentReminder], ladder: DunningLadder = .standard,
    rules: ReminderRules = .none
  ) throws -> Recommendation {
    var books = try Books.seed(on: day)
    books.reminders = reminders
    return try Reminders.recommend(books, ladder: ladder, rules: rules)
  }

  private static func step(_ result: Recommendation) -> String? {
    result.proposals.first?.idempotencyKey?.rawValue.split(separator: ":").dropLast().last
      .map(String.init)
  }

  @Test(
    arguments: [
      ([:], "15d"), ([42: 15], "60d"), ([42: 30], "60d"), ([42: 60], nil), ([42: 90], nil),
      ([41: 60], "15d"),
    ] as [([Int64: Int], String?)])
  func `sixty days overdue, the next letter follows from the last one that arrived`(
    steps: [Int64: Int], step: String?
  ) throws {
    let result = try Self.result(on: "2026-01-26", after: [Self.sent("2025-12-20", steps)])
    let letters = result.proposals.filter { $0.actionType == .sendInvoiceReminder }
    #expect((letters.isEmpty ? nil : Self.step(result)) == step)
  }

  @Test func `one that came back is counted in the key, one under way is waited for`() throws {
    let failed = Self.sent("2026-01-20", [42: 15], .failed)
    #expect(Self.step(try Self.result(on: "2026-01-26", after: [failed])) == "15d.2")
    #expect(Self.step(try Self.result(on: "2026-01-26", after: [failed, failed])) == "15d.3")
    let underWay = Self.sent("2026-01-26", [42: 15], .underWay)
    #expect(Self.step(try Self.result(on: "2026-01-26", after: [underWay])) == "15d")
    let waiting = try Self.result(on: "2026-01-26", after: [underWay], rules: .standard)
    #expect(waiting.skipped.map(\.reason.code) == ["reminded_lately"])
  }

  @Test(arguments: [("2026-01-24", false), ("2026-01-25", true)])
  func `the days between two reminders end on their day`(day: String, isDue: Bool) throws {
    let result = try Self.result(
      on: day, after: [Self.sent("2026-01-20", [42: 15])], rules: .standard)
    // Reached on 26 December already.
    #expect(result.proposals.isEmpty != isDue)
  }

  @Test func `what is still to come counts for nothing`() throws {
    let later = Self.sent("2026-02-20", [42: 60])
    #expect(Self.step(try Self.result(on: "2026-01-26", after: [later])) == "15d")
  }

  @Test(arguments: [
    (0, 0, false, false, SentReminder.Arrival.underWay), (24, 0, false, false, .delivered),
    (0, 0, true, false, .delivered), (48, 0, true, true, .failed),
    (23, 59, false, false, .underWay),
  ])
  func `a day without an answer is an arrival`(
    hours: Int, minutes: Int, isProven: Bool, isRefuted: Bool, arrival: SentReminder.Arrival
  ) {
    let sent = Books.instant("2026-01-26T15:00:00Z")
    let now = sent.advanced(by: .seconds(hours * 3600 + minutes * 60))
    #expect(
      SentReminder.Arrival(isProven: isProven, isRefuted: isRefuted, sentAt: sent, now: now)
        == arrival)
  }

  @Test func `the staged ladder calls at 21 days and asks a person at 45`() throws {
    let letters = [Self.sent("2025-12-12", [42: 14])]
    // Due on 27 November: 18 December is the twenty-first day.
    #expect(try Self.result(on: "2025-12-17", after: letters, ladder: .staged).proposals.isEmpty)
    let call = try Self.result(on: "2025-12-18", after: letters, ladder: .staged)
    #expect(call.proposals.map(\.actionType) == [.createCollectionTask])
    #expect(Self.step(call) == "21d")
    let last = letters + [Self.sent("2025-12-27", [42: 30])]
    let end = try Self.result(on: "2026-01-11", after: last, ladder: .staged)
    #expect(end.proposals.map(\.actionType) == [.createCollectionTask])
    #expect(Self.step(end) == "45d")
    #expect(DunningLadder.of(DunningLadder.staged.allSteps) == .staged)
    #expect(DunningLadder.of([10, 20]).steps == [10, 20])
    #expect(DunningLadder.of([]) == .standard)
  }

  @Test func `the letter that is due goes before the call`() throws {
    let result = try Self.result(
      on: "2025-12-20", after: [Self.sent("2025-12-05", [42: 7])], ladder: .staged)
    #expect(Self.step(result) == "14d")
  }

  @Test func `the least amount follows the currency's own units`() throws {
    let yen = Books.currency("JPY")
    let books = Books.snapshot(
      on: "2026-01-26", partners: [try Books.partner(1, "A")],
      invoices: [Books.invoice(1, "I-1", of: 1, due: "2025-12-01", open: 4, in: yen)])
    let rules = ReminderRules(intervalDays: 0, minimumUnits: 5, paymentsAgeDays: nil)
    #expect(
      try Reminders.recommend(books, rules: rules).skipped.map(\.reason.code) == ["below_minimum"])
    var enough = books
    enough.invoices[0].open = Money(minorUnits: 5, currency: yen)
    #expect(try Reminders.recommend(enough, rules: rules).proposals.count == 1)
  }
}
