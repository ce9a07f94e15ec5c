import ActionProtocol
import Addressing

extension Revision {
  /// A revision under a chosen sender.
  init(
    proposal: Proposal, actionID: ActionID, number: Int, under sender: ChosenSender,
    expiresAt: Instant
  ) {
    self.init(
      proposal: proposal, actionID: actionID, number: number, sender: sender.mailbox,
      replyTo: sender.replyTo, smsSender: sender.smsSender, expiresAt: expiresAt)
  }
}

extension ActionState {
  /// Says on the card why nothing goes out under the sender.
  mutating func explain(_ problem: SenderProblem) {
    errorCode = problem.rawValue
    errorMessage = problem.words
  }

  /// Takes an explanation back that does not hold any more.
  mutating func clear(_ problem: SenderProblem) {
    guard errorCode == problem.rawValue else { return }
    errorCode = nil
    errorMessage = nil
  }
}
