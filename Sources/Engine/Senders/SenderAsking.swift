import ActionProtocol
import Decisions

/// Lets actions that wait under a changed sender ask again.
struct SenderAsking {
  /// More are found when they are due: the intent's transaction compares the sender of each.
  static let mostAtOnce = 500
  static let cause = "sender_changed"

  let store: any StoreTransaction
  let org: OrgID

  /// - Returns: how many have a new revision. Those whose proposal itself names the sender keep theirs
  ///   and are refused when they are due.
  func askAgain(under sender: SenderID) throws -> Int {
    guard let organisation = try store.organisation(org) else { return 0 }
    var asked = 0
    for found in try store.liveActions(org, under: sender, limit: Self.mostAtOnce) {
      let proposal = try Approvals.proposal(of: found, store)
      guard SenderNeed(proposal, by: found.createdBy)?.from == nil else { continue }
      var state = found
      try Desk(store: store).revise(
        &state, proposal, organisation, by: .engine, via: "engine", cause: Self.cause,
        details: ["sender": .string(sender.rawValue)])
      asked += 1
    }
    return asked
  }
}
