import Synchronization

/// The faults that are switched on, in the order in which they will strike.
final class FaultSwitch: Sendable {
  /// One fault waiting for requests.
  struct Rule: Sendable, Equatable {
    var fault: SandboxFault
    /// Requests left; `nil` until cleared.
    var remaining: Int?
    /// The endpoint ("/email/send"); `nil` for the two that send.
    var path: String?
  }

  private struct State {
    var rules: [Rule] = []
    var fired: [SandboxFault: Int] = [:]
  }

  private let state = Mutex(State())

  /// Replaces what was set for the same path.
  func set(_ rule: Rule) {
    state.withLock { state in
      state.rules.removeAll { $0.path == rule.path }
      if rule.remaining != 0 { state.rules.append(rule) }
    }
  }

  /// Puts a sequence in place of what was set; each strikes when those before it are used up.
  func replace(with rules: [Rule]) {
    state.withLock { $0.rules = rules.filter { $0.remaining != 0 } }
  }

  func clear() {
    state.withLock { $0.rules = [] }
  }

  var rules: [Rule] { state.withLock(\.rules) }

  /// How often each fault has struck.
  var fired: [SandboxFault: Int] { state.withLock(\.fired) }

  /// The fault for a request to `path`, when the first one that applies belongs to this phase. Uses
  /// one of its count.
  func take(path: String, afterAccepting: Bool) -> SandboxFault? {
    state.withLock { state in
      let position = state.rules.firstIndex { rule in
        rule.path.map { $0 == path } ?? VendorEndpoint.sending.contains(path)
      }
      guard let position else { return nil }
      let rule = state.rules[position]
      guard rule.fault.actsAfterAccepting == afterAccepting else { return nil }
      if let remaining = rule.remaining {
        state.rules[position].remaining = remaining - 1
        if remaining <= 1 { state.rules.remove(at: position) }
      }
      state.fired[rule.fault, default: 0] += 1
      return rule.fault
    }
  }
}
