import ActionProtocol
import Insights
import Testing

@Suite struct `Collection holds` {
  static let ann = Author(rawValue: "person:local:ann").unsafelyUnwrapped

  static func hold(
    _ kind: CollectionHold.Kind, _ subject: CollectionHold.Subject, last: String? = nil,
    ended: String? = nil, promise: PromiseToPay? = nil, id: String = "h1",
    made: String = "2026-01-20"
  ) -> CollectionHold {
    CollectionHold(
      id: id, subject: subject, kind: kind, madeOn: Books.day(made),
      lastDay: last.map(Books.day) ?? promise?.lastDay, endedOn: ended.map(Books.day),
      promise: promise, setBy: ann, note: "they called")
  }

  static let acme = CollectionHold.Subject.customer(Books.partnerID(7))

  @Test(arguments: [
    ("2026-01-19", false), ("2026-01-20", true), ("2026-01-30", true), ("2026-01-31", false),
  ])
  func `it binds from its day to its last day`(day: String, binds: Bool) {
    #expect(Self.hold(.pause, Self.acme, last: "2026-01-30").binds(on: Books.day(day)) == binds)
  }

  @Test func `ended, it binds no more from that day on`() {
    let hold = Self.hold(.dispute, Self.acme, ended: "2026-01-25")
    #expect(hold.binds(on: Books.day("2026-01-24")))
    #expect(!hold.binds(on: Books.day("2026-01-25")))
  }

  @Test func `it says why, until when and who`() {
    let promise = PromiseToPay(
      amount: Money(minorUnits: 50_000, currency: Books.usd), due: Books.day("2026-02-01"),
      graceDays: 3)
    #expect(
      Self.hold(.promise, Self.acme, promise: promise).explanation
        == "On hold: 500.00 USD promised by 2026-02-01, until 2026-02-04; set by "
        + "person:local:ann on 2026-01-20: they called.")
  }

  @Test func `of two that bind the longer one is named`() throws {
    var books = try Books.seed()
    books.holds = [
      Self.hold(.pause, Self.acme, last: "2026-02-01", id: "a"),
      Self.hold(.neverRemind, Self.acme, id: "b"),
    ]
    let skipped = try Reminders.recommend(books).skipped
    guard case .customerHeld(let hold)? = skipped.first?.reason else {
      Issue.record("\(skipped)")
      return
    }
    #expect(hold.id == "b")
  }

  @Test func `what was put on hold of a merged customer binds the one it became`() throws {
    var books = try Books.seed()
    books.holds = [Self.hold(.ownerHandles, .customer(Books.partnerID(9)))]
    #expect(try Reminders.recommend(books).proposals.count == 1)
    books.roots = [Books.partnerID(9): Books.partnerID(7)]
    #expect(try Reminders.recommend(books).proposals.isEmpty)
  }

  @Test(arguments: [
    ("2026-01-30", 0, PromiseToPay.State.open), ("2026-02-04", 49_999, .open),
    ("2026-02-05", 49_999, .broken), ("2026-02-05", 50_000, .kept), ("2026-01-30", 50_000, .kept),
  ])
  func `a promise is kept by the whole amount in time`(
    day: String, paid: Int64, state: PromiseToPay.State
  ) {
    let promise = PromiseToPay(
      amount: Money(minorUnits: 50_000, currency: Books.usd), due: Books.day("2026-02-01"),
      graceDays: 3, paid: Money(minorUnits: paid, currency: Books.usd))
    #expect(promise.state(on: Books.day(day)) == state)
  }

  @Test func `the rate counts what was due or kept, and nothing that was taken back in time`() {
    func promise(_ id: String, paid: Int64, ended: String? = nil) -> CollectionHold {
      Self.hold(
        .promise, Self.acme, ended: ended,
        promise: PromiseToPay(
          amount: Money(minorUnits: 100, currency: Books.usd), due: Books.day("2026-02-01"),
          paid: Money(minorUnits: paid, currency: Books.usd)), id: id)
    }
    let holds = [
      promise("a", paid: 100), promise("b", paid: 100), promise("c", paid: 99),
      promise("d", paid: 0, ended: "2026-01-25"), promise("e", paid: 0, ended: "2026-02-05"),
    ]
    let report = PromiseReport(holds, on: Books.day("2026-02-10"))
    #expect(report.kept == 2 && report.broken.map(\.id) == ["c", "e"] && report.open == 0)
    #expect(report.keptPercent == 50)
    let early = PromiseReport(holds, on: Books.day("2026-01-22"))
    #expect(early.open == 3 && early.broken.isEmpty && early.keptPercent == 100)
    #expect(PromiseReport([], on: Books.day("2026-02-10")).keptPercent == nil)
  }

  @Test func `books that only tell what is open tell that a promise was kept`() throws {
    var books = try Books.seed(on: "2026-02-10")
    let promise = PromiseToPay(
      amount: Money(minorUnits: 100, currency: Books.usd), due: Books.day("2026-02-01"))
    books.holds = [
      Self.hold(.promise, .invoice(42, of: Books.partnerID(7)), promise: promise, id: "open"),
      Self.hold(.promise, .invoice(41, of: Books.partnerID(7)), promise: promise, id: "gone"),
    ]
    #expect(books.promises.broken.map(\.id) == ["open"])
    #expect(books.promises.kept == 1)
  }
}
