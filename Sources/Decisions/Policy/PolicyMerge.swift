import ActionProtocol

/// Joins what the rules of one decision say, in any order with the same answer:
/// deny, then caps without room, then requirements (the strictest of all), then what goes by itself;
/// delays are added to everything that is not denied.
struct PolicyMerge {
  var considered: [PolicyDecision.Entry] = []
  private var denying: [Int] = []
  private var faulty: [Int] = []
  private var requiring: [Int] = []
  private var autos: [Int] = []
  private var adding: [Int] = []
  private var waiting: [Int] = []
  /// What rules ask for that stand by themselves; they replace the owner's approval.
  private var requirement: PolicyRequirement?
  /// What is asked for on top of whatever would be decided without it.
  private var added: PolicyRequirement?
  private var undo: PolicySpan?
  private var waits: Set<PolicyWait> = []
  private var notices: Set<PolicyNotice> = []

  mutating func add(
    _ rule: PolicyRule, at index: Int, truth: PolicyTruth, fault: PolicyFault?, facts: PolicyFacts
  ) {
    guard fault == nil else {
      faulty.append(index)
      note(index, truth, fault)
      return
    }
    guard truth != .no else {
      note(index, truth)
      return
    }
    if let notice = rule.notice { notices.insert(notice) }
    switch rule.then {
    case nil: note(index, truth)
    case .deny:
      denying.append(index)
      note(index, truth)
    case .require(let requirement):
      require(requirement, index, onTop: truth != .yes || !rule.claimedFields.isEmpty)
      note(index, truth)
    case .auto(let undo):
      autos.append(index)
      self.undo = [self.undo, undo].compactMap { $0 }.max()
      note(index, truth)
    case .delay(let delay):
      waiting.append(index)
      waits.insert(.delay(delay))
      note(index, truth)
    case .cap(let cap): count(cap, rule, index, truth, facts)
    }
  }

  /// The decision on everything that was added.
  func decision(risk: PolicyValue?) -> PolicyDecision {
    let denied = denying + faulty
    guard denied.isEmpty else {
      return decision(.deny, [], denied, risk: false, isDefault: false)
    }
    let bound = isBound(risk)
    let waits = waits.sorted { $0.order < $1.order }
    if let requirement {
      let joined = added.map { requirement.joined($0) } ?? requirement
      return decision(.require(joined), waits, requiring + adding, risk: false, isDefault: false)
    }
    if !autos.isEmpty {
      if let added {
        return decision(
          .require(bound ? added.joined(.standard) : added), waits, adding, risk: bound,
          isDefault: false)
      }
      if bound {
        return decision(.require(.standard), waits, [], risk: true, isDefault: false)
      }
      return decision(.auto(undo: undo), waits, autos, risk: false, isDefault: false)
    }
    let owner = added.map { $0.joined(.standard) } ?? .standard
    return decision(.require(owner), waits, adding, risk: false, isDefault: true)
  }

  private func decision(
    _ verdict: PolicyVerdict, _ waits: [PolicyWait], _ winning: [Int], risk: Bool, isDefault: Bool
  ) -> PolicyDecision {
    let deciding = verdict == .deny ? winning : winning + waiting
    return PolicyDecision(
      verdict: verdict, waits: waits, notices: notices.sorted { $0.order < $1.order },
      considered: considered, winning: Array(Set(deciding)).sorted(), isBoundByRisk: risk,
      isDefault: isDefault, isAlert: !faulty.isEmpty)
  }

  /// High and critical risk always ask a person (Action Protocol); a risk that nobody told counts as
  /// critical.
  private func isBound(_ risk: PolicyValue?) -> Bool {
    guard case .text(let word) = risk, let level = RiskLevel(rawValue: word) else { return true }
    return level.alwaysRequiresApproval
  }

  private mutating func require(_ more: PolicyRequirement, _ index: Int, onTop: Bool) {
    if onTop {
      adding.append(index)
      added = added?.joined(more) ?? more
    } else {
      requiring.append(index)
      requirement = requirement?.joined(more) ?? more
    }
  }

  private mutating func count(
    _ cap: PolicyCap, _ rule: PolicyRule, _ index: Int, _ truth: PolicyTruth, _ facts: PolicyFacts
  ) {
    guard let use = facts.caps[rule.id] else {
      faulty.append(index)
      note(index, truth, .uncounted)
      return
    }
    guard cap.isExceeded(use, by: facts[.amount]) else {
      note(index, truth, hasRoom: true)
      return
    }
    note(index, truth)
    switch cap.over {
    case .deny: denying.append(index)
    case .require(let requirement): require(requirement, index, onTop: true)
    case .wait:
      waiting.append(index)
      waits.insert(.room(rule: rule.id, until: use.roomAt, per: cap.per))
    }
  }

  private mutating func note(
    _ index: Int, _ truth: PolicyTruth, _ fault: PolicyFault? = nil, hasRoom: Bool = false
  ) {
    considered.append(
      PolicyDecision.Entry(index: index, truth: truth, fault: fault, hasRoom: hasRoom))
  }
}

extension PolicyCap {
  /// Whether one more action is too many. An amount in another currency, which cannot be counted, is.
  public func isExceeded(_ use: CapUse, by amount: PolicyValue?) -> Bool {
    switch limit {
    case .count(let most): return use.count >= most
    case .amount(let most):
      var units: Int64 = 0
      if case .money(let money) = amount {
        guard money.currency == most.currency else { return true }
        units = money.minorUnits
      }
      let (sum, overflow) = use.minorUnits.addingReportingOverflow(units)
      return overflow || sum > most.minorUnits
    }
  }
}

extension PolicyWait {
  /// A text by which waits are put in order.
  fileprivate var order: String { CanonicalJSON.text(json) }
}

extension PolicyNotice {
  fileprivate var order: String { CanonicalJSON.text(json) }
}
