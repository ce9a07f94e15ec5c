import ActionProtocol
import Decisions

/// Keeps an approval from being given in ignorance of a suppression.
///
/// What would be dropped is not approved at all. What a person may let pass wants to be approved
/// knowingly, and then the approval is the review: only a suppression that comes later holds it again.
enum ApprovalScreen {
  /// - Returns: whether a suppression stands in the way that this approval overrides.
  /// - Throws: ``DecisionError``.
  static func check(
    _ proposal: Proposal, _ state: ActionState, _ store: any StoreReading, knowingly: Bool
  ) throws -> Bool {
    let reading = OutreachReadingPlan(proposal, state.partner)
    let findings = SuppressionCheck.findings(
      try reading.suppressions(store, state.org), type: state.type, kind: reading.kind,
      reviewedAt: nil,
      now: store.now)
    if let reason = findings.forbidding.first { throw suppressed(state, reason) }
    guard let reason = findings.reviewable.first else { return false }
    guard knowingly else { throw wantsReview(state, reason) }
    return true
  }

  private static func suppressed(_ state: ActionState, _ reason: GuardReason) -> DecisionError {
    let end = reason.until.map { " until \($0.rfc3339)" } ?? ""
    return DecisionError(
      .conflict, reason.rule,
      "A recipient is suppressed (\(words(reason)))\(end), so this would never be sent.",
      remedy: "Reject it, or give another recipient: aiom action edit. Its card names who; "
        + "aiom suppression list shows why.")
  }

  private static func wantsReview(_ state: ActionState, _ reason: GuardReason) -> DecisionError {
    DecisionError(
      .conflict, "review.\(reason.rule)",
      "A recipient objected (\(words(reason))); only a message that has to be sent may still go.",
      remedy: "Reject it; or, where it has to be sent, approve it with --despite-objection.")
  }

  private static func words(_ reason: GuardReason) -> String {
    let word = reason.rule.split(separator: ".").last.map(String.init) ?? reason.rule
    let since = reason.since.map { ", since \($0.rfc3339)" } ?? ""
    return word.replacing("_", with: " ") + since
  }
}
