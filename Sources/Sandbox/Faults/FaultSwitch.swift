import Synchronization

/// The faults that are switched on, in the order in which they will strike.
final class FaultSwitch: Sendable {
  /// One fault waiting for requests.
  struct Rule: Sendable, Equatable {
    var fault: SandboxFault
    /// Requests left; `nil` until cleared.
    var remaining: Int?
    /// The endpoint ("/email/send"); `nil` for those that send.
    var path: String?
    /// Strikes each Nth of the requests that it applies to.
    var every = 1
    /// Requests that it has let pass since it last struck.
    var passed = 0

    func applies(to path: String) -> Bool {
      self.path.map { $0 == path } ?? VendorEndpoint.sending.contains(path)
    }
  }

  /// A fault that a request has drawn.
  struct Claim: Sendable {
    var fault: SandboxFault
    /// What to give back when the request turns out not to be struck.
    fileprivate var rule: Rule?
  }

  private struct State {
    var rules: [Rule] = []
    /// What a cycle starts again with.
    var cycle: [Rule] = []
    var fired: [SandboxFault: Int] = [:]
    var named: [String: Int] = [:]
  }

  private let state = Mutex(State())
  /// Names in requests that are remembered with their counts; then all are forgotten.
  private static let maximumNames = 100_000

  /// Replaces what was set for the same path.
  func set(_ rule: Rule) {
    state.withLock { state in
      state.cycle = []
      state.rules.removeAll { $0.path == rule.path }
      if rule.remaining != 0 { state.rules.append(rule) }
    }
  }

  /// Puts a sequence in place of what was set; each strikes when those before it are used up.
  ///
  /// - Parameter cycles: whether it begins anew at its end.
  func replace(with rules: [Rule], cycles: Bool = false) {
    state.withLock { state in
      state.rules = rules.filter { $0.remaining != 0 }
      state.cycle = cycles ? state.rules : []
    }
  }

  func clear() {
    state.withLock { state in
      state.rules = []
      state.cycle = []
      state.named = [:]
    }
  }

  var rules: [Rule] { state.withLock(\.rules) }

  var cycles: Bool { state.withLock { !$0.cycle.isEmpty } }

  /// How often each fault has struck.
  var fired: [SandboxFault: Int] { state.withLock(\.fired) }

  /// The fault for a request to `path`; uses one of its count. What the request asks for itself
  /// comes first.
  func claim(path: String, requested: RequestedFault?) -> Claim? {
    state.withLock { state in
      if let requested {
        return Self.isDue(requested, in: &state) ? Self.struck(requested.fault, nil, &state) : nil
      }
      guard let position = state.rules.firstIndex(where: { $0.applies(to: path) }) else {
        return nil
      }
      state.rules[position].passed += 1
      let rule = state.rules[position]
      guard rule.passed >= rule.every else { return nil }
      state.rules[position].passed = 0
      use(position, in: &state)
      return rule.fault == .none ? nil : Self.struck(rule.fault, rule, &state)
    }
  }

  /// Gives back a claim on a request that was not struck after all.
  func release(_ claim: Claim) {
    state.withLock { state in
      state.fired[claim.fault, default: 1] -= 1
      if state.fired[claim.fault] == 0 { state.fired[claim.fault] = nil }
      guard var rule = claim.rule, let before = rule.remaining else { return }
      let position = state.rules.firstIndex { $0.fault == rule.fault && $0.path == rule.path }
      // Used up, it may have come around again in a cycle; what is given back strikes first.
      if before > 1, let position, let remaining = state.rules[position].remaining {
        state.rules[position].remaining = remaining + 1
      } else {
        rule.remaining = 1
        rule.passed = rule.every - 1
        state.rules.insert(rule, at: 0)
      }
    }
  }

  private func use(_ position: Int, in state: inout State) {
    guard let remaining = state.rules[position].remaining else { return }
    state.rules[position].remaining = remaining - 1
    if remaining <= 1 { state.rules.remove(at: position) }
    if state.rules.isEmpty { state.rules = state.cycle }
  }

  private static func struck(
    _ fault: SandboxFault, _ rule: Rule?, _ state: inout State
  ) -> Claim {
    state.fired[fault, default: 0] += 1
    return Claim(fault: fault, rule: rule)
  }

  private static func isDue(_ requested: RequestedFault, in state: inout State) -> Bool {
    guard requested.fault != .none else { return false }
    guard let count = requested.count else { return true }
    if state.named.count >= maximumNames { state.named = [:] }
    let seen = state.named[requested.name, default: 0]
    state.named[requested.name] = seen + 1
    return seen < count
  }
}
