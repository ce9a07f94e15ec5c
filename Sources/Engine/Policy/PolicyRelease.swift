import ActionProtocol
import Decisions
import Foundation
import Insights

/// Lets an approved revision go: its time to be undone, what the policy makes it wait for, and what its
/// caps count. Used in the transaction that approves it.
struct PolicyRelease {
  let store: any StoreTransaction
  let organisation: Organisation

  /// Approves the state's revision.
  /// - Parameter undo: nil for the org's setting.
  /// - Throws: ``DecisionError`` where a cap has no room.
  func release(
    _ state: inout ActionState, _ ruling: PolicyRuling, by: Author, undo: Duration? = nil,
    window: BusinessWindow?
  ) throws {
    state.status = .approved
    state.approval = ApprovalRecord(
      by: by, at: store.now, delivery: state.delivery, digest: state.digest,
      policy: ruling.policy.number)
    state.executeBy = ExecutionDeadline.after(approval: store.now, window: window)
    state.hold = try hold(state, ruling, undo: undo ?? .seconds(organisation.undoSeconds))
  }

  private func hold(
    _ state: ActionState, _ ruling: PolicyRuling, undo: Duration
  ) throws -> Hold? {
    let waits = ruling.decision.waits.compactMap { end(of: $0, state) }
    let rooms = try count(state, ruling, from: waits.max() ?? store.now)
    let undoEnd = store.now.advanced(by: undo)
    guard let end = (waits + [rooms].compactMap(\.self)).max(), end > max(undoEnd, store.now) else {
      return undo > .zero ? Hold(reason: .undoWindow, until: undoEnd) : nil
    }
    return Hold(reason: .scheduled, until: end)
  }

  /// A message's hours are part of its plan and hold in the moment of sending.
  private func end(of wait: PolicyWait, _ state: ActionState) -> Instant? {
    switch wait {
    case .delay(.span(let span)): store.now.advanced(by: span.duration)
    case .delay(.hours(let hours)) where state.channel == nil:
      PolicyWindow(hours, organisation).opening(from: store.now)
    case .delay(.hours), .room: nil
    }
  }

  /// Counts the action under its caps.
  /// - Returns: the moment from which each of them has room; nil: at once.
  private func count(
    _ state: ActionState, _ ruling: PolicyRuling, from first: Instant
  ) throws -> Instant? {
    let counter = CapCounter(store: store, org: state.org)
    let caps = ruling.policy.engine.counting(ruling.facts)
    guard !caps.isEmpty else { return nil }
    let uses = try counter.uses(caps, ruling.keys)
    var start = first
    for (rule, cap) in caps {
      guard let use = uses[rule.id], cap.isExceeded(use, by: ruling.facts[.amount]) else {
        continue
      }
      guard cap.over == .wait else {
        if case .require(let wanted) = cap.over, ruling.asks(for: wanted) { continue }
        throw Self.noRoom(rule, cap, use)
      }
      start = max(start, use.roomAt ?? store.now.advanced(by: cap.per.duration))
    }
    var amount: Int64 = 0
    if case .money(let money)? = ruling.facts[.amount] { amount = money.minorUnits }
    try store.insert(
      caps.compactMap { rule, cap in
        ruling.keys[cap.key].map {
          CapCount(
            rule: rule.id, key: $0, at: start, amount: amount, action: state.id,
            revision: state.revision)
        }
      }, org: state.org)
    return start > store.now ? start : nil
  }

  private static func noRoom(
    _ rule: PolicyRule, _ cap: PolicyCap, _ use: CapUse
  ) -> DecisionError {
    let until = use.roomAt.map { " There is room again at \($0.rfc3339)." } ?? ""
    return DecisionError(
      .conflict, "policy.cap",
      "The policy's rule \(rule.id) (“\(rule.title)”) has no room for one more within "
        + "\(cap.per.words).\(until)",
      remedy: "Approve it later, reject it, or change the rule: aiom policy show.")
  }
}

extension PolicyRuling {
  /// Whether persons are asked for at least so much.
  func asks(for wanted: PolicyRequirement) -> Bool {
    guard let requirement else { return false }
    return requirement.joined(wanted) == requirement
  }
}

/// Hours of a policy as a window of the org.
struct PolicyWindow {
  private let hours: PolicyHours
  private let organisation: Organisation

  init(_ hours: PolicyHours, _ organisation: Organisation) {
    self.hours = hours
    self.organisation = organisation
  }

  /// The first open moment on the org's clock; nil where there is none within a year.
  func opening(from now: Instant) -> Instant? {
    guard let window = BusinessWindow(quietHours(organisation.profile.zone.identifier, now)) else {
      return nil
    }
    return window.nextOpening(from: now)
  }

  /// The same as a check of a message's plan.
  /// - Parameter zone: the recipient's.
  func check(_ zone: String, _ number: Int, _ now: Instant) -> RevalidationCheck {
    RevalidationCheck(
      checkID: "\(Self.prefix)\(number)",
      description: "The hours of the policy are open: \(hours.from.rawValue) to "
        + "\(hours.to.rawValue), \(hours.dayWords)",
      severity: .block, predicate: .quietHours(quietHours(zone, now)))
  }

  static let prefix = "policy_hours_"

  /// Of a country whose holidays are known, those of this year and the next.
  private func quietHours(_ zone: String, _ now: Instant) -> QuietHours {
    var holidays: [LocalDate] = []
    if hours.closedOnHolidays,
      let calendar = HolidayCalendar(
        organisation.profile.country, changes: organisation.outreach.holidays)
    {
      let year = organisation.day(now).year
      holidays = (year...year + 1).flatMap { calendar.holidays(in: $0).map(\.day) }
    }
    return QuietHours(
      timezone: zone, start: hours.from, end: hours.to, days: Array(hours.days),
      holidays: holidays)
  }
}

extension Proposal {
  /// The same with the hours that the policy asks for in its plan, in place of those of an earlier
  /// decision. A plan is what is looked at again in the moment of sending.
  func keeping(
    _ decision: PolicyDecision, _ organisation: Organisation, zone: String?, now: Instant
  ) -> Proposal {
    var copy = self
    copy.revalidationPlan.removeAll { $0.checkID.hasPrefix(PolicyWindow.prefix) }
    guard operation.operationType.effectType != nil else { return copy }
    let windows = decision.waits.compactMap { wait -> PolicyWindow? in
      guard case .delay(.hours(let hours)) = wait else { return nil }
      return PolicyWindow(hours, organisation)
    }
    for (index, window) in windows.enumerated() {
      copy.revalidationPlan.append(
        window.check(zone ?? organisation.profile.zone.identifier, index + 1, now))
    }
    return copy
  }
}
