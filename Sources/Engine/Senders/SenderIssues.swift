import ActionProtocol
import Addressing

/// What is wrong with the sender of a proposal, for whoever proposed it.
enum SenderIssues {
  private static let pointer = JSONPointer.root.appending("operation").appending("inputs")
    .appending("from")

  /// - Parameter chosen: what the rules give for the proposal.
  static func of(
    _ proposal: Proposal, by author: Author, _ organisation: Organisation, _ chosen: ChosenSender
  ) -> [ProtocolIssue] {
    guard case .email(_, let email) = proposal.operation,
      let need = SenderNeed(proposal, by: author)
    else { return [] }
    guard let from = email.from else { return chosen.mailbox == nil ? [missing] : [] }
    switch organisation.sender(named: from) {
    case nil: return [notOwn]
    case .settings?: return []
    case .identity(let identity)?:
      if !need.isMet(by: identity) { return [outOfScope(identity, need.purpose)] }
      return identity.isUsable ? [] : [unverified(identity)]
    }
  }

  private static let missing = ProtocolIssue(
    pointer: pointer, code: "sender.missing",
    message: "The org has no sender and the proposal names none.",
    remedy: "Set it with: aiom org set --sender 'Name <address>'.")

  /// Mail may go out only under the org's own names.
  private static let notOwn = ProtocolIssue(
    pointer: pointer, code: "sender.not_own", message: "The sender is not the org's own.",
    remedy: "Leave `from` out, or name one of: aiom sender list, with its name or without any.")

  private static func outOfScope(
    _ identity: SenderIdentity, _ purpose: SenderPurpose
  ) -> ProtocolIssue {
    ProtocolIssue(
      pointer: pointer, code: "sender.out_of_scope",
      message: "The sender \(identity.id.rawValue) does not stand over \(purpose.rawValue).",
      remedy: "Leave `from` out, or add the kind: aiom sender set \(identity.id.rawValue) --kinds …"
    )
  }

  private static func unverified(_ identity: SenderIdentity) -> ProtocolIssue {
    ProtocolIssue(
      pointer: pointer, code: "sender.unverified",
      message: "The sender \(identity.id.rawValue) is not verified at the provider.",
      remedy: "Verify its address or domain there, then: aiom sender check.")
  }
}
