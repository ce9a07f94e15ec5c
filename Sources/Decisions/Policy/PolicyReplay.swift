import ActionProtocol

/// One policy on a past in order of time: what its caps count follows from its own decisions.
struct PolicyReplay: Sendable {
  private struct Use: Sendable {
    let at: Instant
    let minorUnits: Int64
  }

  private let engine: PolicyEngine
  /// What went, oldest first, by rule and key; what is older than the span is dropped when met.
  private var uses: [String: [String: [Use]]] = [:]
  private var hits: [Int]

  init(_ engine: PolicyEngine) {
    self.engine = engine
    hits = Array(repeating: 0, count: engine.policy.rules.count)
  }

  var hitCounts: [(rule: String, count: Int)] {
    zip(engine.policy.rules, hits).filter { $0.0.status == .active }.map { ($0.0.id, $0.1) }
  }

  var neverHit: [String] { hitCounts.filter { $0.count == 0 }.map(\.rule) }

  mutating func decide(_ past: PastDecision) -> PolicyDecision {
    var facts = past.facts
    let caps = engine.caps(on: facts.type)
    for (rule, cap) in caps { facts.caps[rule.id] = use(rule, cap, past) }
    let decision = engine.decide(facts)
    for entry in decision.considered where entry.applied { hits[entry.index] += 1 }
    if goes(decision, past) {
      for (rule, cap) in caps where rule.when.truth(facts) != .no { count(rule, cap, past) }
    }
    return decision
  }

  /// Whether it would have happened: by itself, or because persons approved what they were asked.
  private func goes(_ decision: PolicyDecision, _ past: PastDecision) -> Bool {
    switch decision.verdict {
    case .deny: false
    case .auto: true
    case .require: past.outcome == .approved || past.outcome == .auto
    }
  }

  private func key(_ cap: PolicyCap, _ past: PastDecision) -> String {
    cap.key == .org ? "" : past.keys[cap.key] ?? "\u{0}" + past.id
  }

  private mutating func use(_ rule: PolicyRule, _ cap: PolicyCap, _ past: PastDecision) -> CapUse {
    let key = key(cap, past)
    let start = past.at.advanced(by: .zero - cap.per.duration)
    var kept = uses[rule.id]?[key] ?? []
    if let old = kept.firstIndex(where: { $0.at > start }), old > kept.count / 2 {
      kept.removeFirst(old)
      uses[rule.id]?[key] = kept
    }
    let counted = kept.drop { $0.at <= start }
    var sum: Int64 = 0
    for use in counted {
      let (next, overflow) = sum.addingReportingOverflow(use.minorUnits)
      sum = overflow ? .max : next
    }
    return CapUse(
      count: Int64(counted.count), minorUnits: sum, roomAt: roomAt(Array(counted), cap))
  }

  private func roomAt(_ counted: [Use], _ cap: PolicyCap) -> Instant? {
    guard case .count(let most) = cap.limit, counted.count >= most else { return nil }
    let last = counted[counted.count - Int(most)]
    return last.at.advanced(by: cap.per.duration)
  }

  private mutating func count(_ rule: PolicyRule, _ cap: PolicyCap, _ past: PastDecision) {
    var units: Int64 = 0
    if case .money(let money)? = past.facts[.amount] { units = money.minorUnits }
    uses[rule.id, default: [:]][key(cap, past), default: []].append(
      Use(at: past.at, minorUnits: units))
  }
}
