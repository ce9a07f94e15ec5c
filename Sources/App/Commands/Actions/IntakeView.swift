import ActionProtocol
import ArgumentParser
import Cards
import Engine

/// What became of a proposal at the door.
struct IntakeView {
  let outcome: IntakeOutcome

  init(_ outcome: IntakeOutcome) { self.outcome = outcome }

  /// Says it. Throws where the answer is no.
  func announce(_ console: Console) throws {
    switch outcome {
    case .created(let state):
      console.emit(["result": "created", "action": state.json])
      console.say("Proposed: \(state.id.rawValue) \(Self.fate(state)).")
      console.say("`aiom action show \(state.id.rawValue)` shows its card.")
    case .existing(let state, let reason):
      console.emit([
        "result": "existing", "reason": .string(reason.rawValue),
        "action": state.json,
      ])
      console.say(
        "Already there: \(Self.reason(reason)) (\(state.id.rawValue), "
          + "\(StateWording.status(state.status))).")
    case .conflict(let state):
      throw Failure(
        .conflict, "propose.conflict",
        "Another proposal with the same idempotency key and other content is there already.",
        remedy: "Look at `aiom action show \(state.id.rawValue)`; give the new one another key.",
        details: ["action_id": .string(state.id.rawValue)])
    case .invalid(let issues):
      throw Self.refusal(issues, console)
    }
  }

  /// What the policy made of it.
  private static func fate(_ state: ActionState) -> String {
    switch state.status {
    case .approved: "goes by itself, as the policy says"
    case .rejected: "is refused by the policy"
    default: "waits for approval"
    }
  }

  static func reason(_ reason: IntakeOutcome.Reason) -> String {
    switch reason {
    case .sameProposal: "the same proposal"
    case .sameFinding: "the same finding"
    case .refreshed: "the same finding, brought up to date"
    case .rejectedBefore: "rejected before, and its facts have not changed"
    case .liveOnRecord: "another action on the same record is not finished"
    }
  }

  /// Shows every issue; under `--json` they stand in the error.
  static func refusal(_ issues: [ProtocolIssue], _ console: Console) -> any Error {
    guard !console.isJSON else {
      return Failure(
        .refused, "proposal.invalid", "The proposal breaks Action Protocol v1.1.",
        remedy: "Correct every issue.",
        details: ["issues": .array(issues.map(\.json))])
    }
    console.show(IssueList.rendered(issues, style: console.style, width: console.width))
    return ExitCode.refused
  }
}
