import ActionProtocol
import Insights

/// Small pipelines for tests.
enum Pipelines {
  static let stages = [
    StageFacts(id: 1, name: "Qualified"), StageFacts(id: 2, name: "Offer"),
    StageFacts(id: 3, name: "Won", isWon: true),
  ]

  static func snapshot(
    on day: String, _ deals: [DealFacts], stages: [StageFacts] = stages
  ) -> PipelineSnapshot {
    PipelineSnapshot(
      company: Books.company(), asOf: Books.day(day), recordsAsOf: nil, stages: stages,
      deals: deals)
  }

  static func usd(_ major: Int64) -> Money { Money(minorUnits: major * 100, currency: Books.usd) }

  /// An open deal that came to its stage on a day.
  static func open(
    _ id: Int64, in stage: Int64 = 1, since: String?, value: Money? = usd(1000)
  ) -> DealFacts {
    DealFacts(
      id: id, name: "Deal \(id)", partnerID: Books.partnerID(7), partnerName: "Acme",
      stage: stage, value: value, openedOn: since.map(Books.day),
      stays: since.map { [StageStay(stage: stage, enteredOn: Books.day($0))] } ?? [])
  }

  /// A deal that was so many days in a stage and then won or lost.
  static func closed(
    _ id: Int64, _ state: DealFacts.State, after days: Int, in stage: Int64 = 1,
    on close: String = "2026-01-31", value: Money? = usd(1000), by salesperson: String? = nil
  ) -> DealFacts {
    let closed = Books.day(close)
    let opened = closed.adding(days: -days)
    return DealFacts(
      id: id, name: "Deal \(id)", stage: state == .won ? 3 : stage, state: state, value: value,
      openedOn: opened, closedOn: closed, salesperson: salesperson,
      stays: [StageStay(stage: stage, enteredOn: opened, leftOn: closed)])
  }
}
