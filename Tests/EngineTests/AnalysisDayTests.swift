import ActionProtocol
import Decisions
import Engine
import Testing
import TestSupport

@Suite struct AnalysisDayTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let delivery: DeliveryMode
    let days: Int
    let dryRun: Bool
    let allowed: Bool
    var testDescription: String { "\(delivery.rawValue), \(days) days, dry \(dryRun)" }
  }

  static let cases = [
    Case(delivery: .live, days: 0, dryRun: false, allowed: true),
    Case(delivery: .live, days: -1, dryRun: false, allowed: false),
    Case(delivery: .live, days: -60, dryRun: false, allowed: false),
    Case(delivery: .live, days: 1, dryRun: false, allowed: false),
    Case(delivery: .live, days: -1, dryRun: true, allowed: true),
    Case(delivery: .live, days: 30, dryRun: true, allowed: true),
    Case(delivery: .sandbox, days: -1, dryRun: false, allowed: true),
    Case(delivery: .sandbox, days: 1, dryRun: false, allowed: false),
  ]

  @Test(arguments: cases)
  func `letters of another day than today are drafted, not stored`(_ example: Case) async throws {
    let house = try await EngineHouse.withAcme(
      configuration: EngineConfiguration(delivery: example.delivery))
    let org = house.org
    let organisation = try #require(try await house.store.read { try $0.organisation(org) })
    let day = organisation.day(house.clock.now).adding(days: example.days)
    do {
      _ = try await Analyst(house.context).analyze(
        org, asOf: day, dryRun: example.dryRun, by: .tester, via: "test")
      #expect(example.allowed)
    } catch let refusal as DecisionError {
      #expect(!example.allowed)
      #expect(refusal.code == (example.days > 0 ? "analyze.future" : "analyze.past"))
      #expect(refusal.remedy.contains("--dry-run"))
    }
  }
}
