import ActionProtocol
import Decisions

extension StoreTransaction {
  /// What waits for limits that changed is looked at again at once; part of the transaction that changes
  /// them.
  public func lookAgain(
    _ org: OrgID, after old: OutreachRules, became new: OutreachRules
  ) throws {
    guard old != new else { return }
    try forgetTurns(org)
    for reason in [HoldReason.cap, .coolDown, .budget] { _ = try releaseHolds(org, reason) }
    if old.holidays != new.holidays { _ = try releaseHolds(org, .sendWindow) }
    // A consent is asked of a person.
    if old.consent != new.consent { _ = try releaseHolds(org, .needsPerson) }
  }
}
