import ActionProtocol
import Decisions

/// Hands an analysis's proposals to Intake.
struct ProposalSubmission: Sendable {
  private let context: EngineContext
  private let author: Author
  private let via: String

  init(_ context: EngineContext, _ author: Author, via: String) {
    self.context = context
    self.author = author
    self.via = via
  }

  /// - Returns: the outcomes in the order of the proposals; after a dry run, what would become of each.
  func outcomes(of proposals: [Proposal], dryRun: Bool) async throws -> [IntakeOutcome] {
    dryRun
      ? try await rehearse(proposals, by: author, via: via)
      : try await submit(proposals, by: author, via: via)
  }

  /// A letter says how many days an invoice is overdue; approved and sent, it says so today.
  func mayStore(_ day: LocalDate, today: LocalDate) throws {
    let isLive = context.configuration.delivery == .live
    guard day == today || (day < today && !isLive) else {
      throw DecisionError(
        .invalid, day > today ? "analyze.future" : "analyze.past",
        "The letters of \(day.iso) would be wrong in a message that is sent today, \(today.iso).",
        remedy: "Add --dry-run to look at that day, or leave --as-of out.")
    }
  }

  /// So many per transaction: others are let in between.
  private static let rehearsalBatch = 200

  private func rehearse(
    _ proposals: [Proposal], by author: Author, via: String
  ) async throws -> [IntakeOutcome] {
    var outcomes: [IntakeOutcome] = []
    for start in stride(from: 0, to: proposals.count, by: Self.rehearsalBatch) {
      let batch = Array(proposals[start..<min(start + Self.rehearsalBatch, proposals.count)])
      outcomes += try await Intake(context).rehearse(
        batch, by: author, via: via, isFinding: true)
    }
    return outcomes
  }

  /// Several at a time, so that they share their commits.
  private static let concurrentSubmissions = 16

  /// - Returns: the outcomes in the order of the proposals.
  private func submit(
    _ proposals: [Proposal], by author: Author, via: String
  ) async throws -> [IntakeOutcome] {
    let intake = Intake(context)
    return try await withThrowingTaskGroup(of: (Int, IntakeOutcome).self) { group in
      var outcomes = [IntakeOutcome?](repeating: nil, count: proposals.count)
      for (index, proposal) in proposals.enumerated() {
        if index >= Self.concurrentSubmissions, let (place, outcome) = try await group.next() {
          outcomes[place] = outcome
        }
        group.addTask {
          (index, try await intake.submit(proposal, by: author, via: via, isFinding: true))
        }
      }
      for try await (place, outcome) in group { outcomes[place] = outcome }
      return outcomes.compactMap { $0 }
    }
  }
}
