import ActionProtocol
import Decisions

/// Keeps what rules of the policy want persons to be told by e-mail or by text, inside the decision's transaction.
struct RuleNotices {
  let store: any StoreTransaction
  let organisation: Organisation

  /// Of what ``PersonNotices`` itself writes nobody is told, and that something is proposed is said once,
  /// not of each revision.
  func keep(_ decision: PolicyDecision, _ state: ActionState) throws {
    guard organisation.tellsPersons, state.createdBy != .notices else { return }
    for notice in decision.notices {
      for channel in [ApprovalChannel.email, .sms] where notice.channels.contains(channel) {
        for role in notice.roles.sorted() {
          for moment in PolicyNotice.Moment.allCases
          where notice.moments.contains(moment) && (moment == .after || state.revision == 1) {
            try store.keep(
              RuleNotice(
                org: state.org, action: state.id, moment: moment, role: role, channel: channel,
                at: store.now))
          }
        }
      }
    }
  }
}

extension Author {
  /// Who tells persons what waits for them.
  static let notices = known("notices")
}
