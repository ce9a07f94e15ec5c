extension Policy {
  /// The strongest proof of who approves that any deciding rule asks for: whoever could change the
  /// policy with less could do without what the rule guards.
  public var strongestStepUp: StepUp {
    rules.filter { $0.status == .active }.compactMap(\.then).map(\.stepUp).max() ?? .none
  }
}

extension PolicyOutcome {
  fileprivate var stepUp: StepUp {
    switch self {
    case .require(let requirement): requirement.stepUp
    case .cap(let cap):
      if case .require(let requirement) = cap.over { requirement.stepUp } else { .none }
    case .deny, .auto, .delay: .none
    }
  }
}
