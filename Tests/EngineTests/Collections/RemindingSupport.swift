import ActionProtocol
import Connectors
import Decisions
import Engine
import Foundation
import Insights
import TestSupport
import Testing

/// A house whose customer is reminded over weeks.
extension EngineHouse {
  static let day: Duration = .seconds(86_400)

  /// The days go by; the books are brought in again, as they are each morning.
  func passDays(_ days: Int, _ rows: [LedgerRow] = []) async throws {
    clock.advance(by: .seconds(days * 86_400))
    try await books(try Books.acme(due: "2026-01-03") + rows)
  }

  /// What the analysis proposes, approved and carried out.
  @discardableResult
  func remind() async throws -> ActionID {
    let id = try await propose()
    try await approve(id)
    let reports = try await run()
    guard reports.contains(where: { $0.id == id && $0.outcome == .completed }) else {
      throw NothingProposed()
    }
    return id
  }

  /// The level of the first proposal of an analysis; nil where there is none.
  func level() async throws -> Int64? {
    try await analyze().recommendation.proposals.first.flatMap(Self.level)
  }

  static func level(_ proposal: Proposal) -> Int64? {
    proposal.metadata["finding"]?.objectValue?["level"]?.integerValue
  }

  func card(of id: ActionID) async throws -> ActionCard {
    guard let card = try await ActionReader(context).card(org, id) else { throw NothingProposed() }
    return card
  }

  func skipped() async throws -> [String] {
    try await analyze().recommendation.skipped.map(\.reason.code)
  }
}
