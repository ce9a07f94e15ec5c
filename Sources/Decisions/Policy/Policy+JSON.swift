import ActionProtocol

extension Policy {
  /// The policy as JSON, as a file would be: rules and cases in the order written, amounts as text.
  public var json: JSONValue { PolicyWriter(isCanonical: false).json(self) }

  /// The JSON that is hashed: rules by id, cases by name, amounts in minor units.
  var canonical: JSONValue { PolicyWriter(isCanonical: true).json(self) }
}

extension PolicyRule {
  /// The rule as JSON, as a file would be.
  public var json: JSONValue { PolicyWriter(isCanonical: false).json(self) }
}

/// Writes policies as JSON, which is the file's form too.
struct PolicyWriter {
  let isCanonical: Bool

  func json(_ policy: Policy) -> JSONValue {
    let rules = isCanonical ? policy.rules.sorted { $0.id < $1.id } : policy.rules
    let cases = isCanonical ? policy.cases.sorted { $0.name < $1.name } : policy.cases
    var object: JSONObject = [
      "policy": .string(policy.name), "rules": .array(rules.map(json)),
    ]
    if !cases.isEmpty { object["cases"] = .array(cases.map(json)) }
    return .object(object)
  }

  func json(_ rule: PolicyRule) -> JSONValue {
    var object: JSONObject = ["id": .string(rule.id), "title": .string(rule.title)]
    if isCanonical || rule.status != .active { object["status"] = .string(rule.status.rawValue) }
    object["on"] = .array(rule.on.map { .string($0.name) })
    if !rule.when.isEmpty { object["when"] = json(rule.when) }
    object["then"] = then(rule)
    object["reason"] = .string(rule.reason)
    object["owner"] = rule.owner.map { .string($0) }
    object["review_by"] = rule.reviewBy.map { .string($0.iso) }
    return .object(object)
  }

  private func json(_ condition: PolicyCondition) -> JSONValue {
    var object = JSONObject()
    let lists = [("all", condition.all), ("any", condition.any), ("none", condition.none)]
    for (key, items) in lists where !items.isEmpty { object[key] = .array(items.map(json)) }
    return .object(object)
  }

  private func json(_ item: PolicyCondition.Item) -> JSONValue {
    switch item {
    case .clause(let clause): json(clause)
    case .group(let group): json(group)
    }
  }

  func json(_ clause: PolicyClause) -> JSONValue {
    let values = clause.values.map(json)
    return [
      "field": .string(clause.field.name), "op": .string(clause.op.rawValue),
      "value": clause.op.takesList ? .array(values) : values.first ?? .null,
    ]
  }

  func json(_ value: PolicyValue) -> JSONValue {
    if case .money(let money) = value, !isCanonical { return .string(money.policyText) }
    return value.json
  }

  private func then(_ rule: PolicyRule) -> JSONValue {
    var object = JSONObject()
    if let then = rule.then { object[then.name] = json(then) }
    object["notify"] = rule.notice.map(\.json)
    return .object(object)
  }

  private func json(_ outcome: PolicyOutcome) -> JSONValue {
    switch outcome {
    case .deny: [:]
    case .require(let requirement): json(requirement)
    case .auto(let undo): .object(JSONObject(undo.map { [("undo", .string($0.text))] } ?? []))
    case .delay(let delay): delay.json
    case .cap(let cap): json(cap)
    }
  }

  private func json(_ cap: PolicyCap) -> JSONValue {
    let max: JSONValue =
      switch cap.limit {
      case .count(let count): .integer(count)
      case .amount(let money): json(.money(money))
      }
    let over: JSONValue =
      switch cap.over {
      case .deny: "deny"
      case .wait: "wait"
      case .require(let requirement): ["require": json(requirement)]
      }
    return [
      "max": max, "per": .string(cap.per.text), "key": .string(cap.key.rawValue), "over": over,
    ]
  }

  /// A rule's own requirement names one role.
  private func json(_ requirement: PolicyRequirement) -> JSONValue {
    var object = JSONObject()
    if let role = requirement.roles.sorted(by: { $0.key < $1.key }).first {
      object["role"] = .string(role.key)
      if isCanonical || role.value != 1 { object["n"] = .integer(Int64(role.value)) }
    }
    if isCanonical || requirement.notProposer {
      object["not_proposer"] = .bool(requirement.notProposer)
    }
    if isCanonical || requirement.stepUp != .none {
      object["step_up"] = .string(requirement.stepUp.rawValue)
    }
    object["channels"] = requirement.channels.map(Self.channels)
    object["expires"] = requirement.expires.map { .string($0.text) }
    if !requirement.escalate.isEmpty {
      object["escalate"] = PolicyRequirement.json(requirement.escalate)
    }
    if requirement.rejections > 1 {
      object["rejections"] = .integer(Int64(requirement.rejections))
    }
    return .object(object)
  }

  static func channels(_ channels: Set<ApprovalChannel>) -> JSONValue {
    .array(ApprovalChannel.allCases.filter(channels.contains).map { .string($0.rawValue) })
  }

  private func json(_ one: PolicyCase) -> JSONValue {
    var expect: JSONObject = ["decision": .string(one.verdict.rawValue)]
    if let roles = one.roles { expect["roles"] = .array(roles.sorted().map { .string($0) }) }
    if !one.rules.isEmpty { expect["rules"] = .array(one.rules.map { .string($0) }) }
    expect["waits"] = one.waits.map { .bool($0) }
    var object: JSONObject = [
      "name": .string(one.name), "on": .string(one.type.rawValue),
    ]
    let facts = PolicyField.allCases.compactMap { field in
      one.facts[field].map { (field.name, json($0)) }
    }
    if !facts.isEmpty { object["facts"] = .object(JSONObject(facts)) }
    if !one.caps.isEmpty {
      object["caps"] = .object(
        JSONObject(one.caps.sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) }))
    }
    object["expect"] = .object(expect)
    return .object(object)
  }
}

extension PolicyDelay {
  /// As files write it.
  var json: JSONValue {
    switch self {
    case .span(let span): ["for": .string(span.text)]
    case .hours(let hours):
      [
        "from": .string(hours.from.rawValue), "to": .string(hours.to.rawValue),
        "days": .array(hours.days.sorted().map { .string(PolicyHours.dayNames[$0 - 1]) }),
        "holidays": .string(hours.closedOnHolidays ? "closed" : "open"),
      ]
    }
  }
}

extension PolicyNotice {
  /// As files write it.
  public var json: JSONValue {
    [
      "roles": .array(roles.sorted().map { .string($0) }),
      "moments": .array(Moment.allCases.filter(moments.contains).map { .string($0.rawValue) }),
      "channels": PolicyWriter.channels(channels),
    ]
  }
}

extension PolicyWait {
  /// `{for}`, `{from, to, days, holidays}` or `{rule, until, per}`.
  public var json: JSONValue {
    switch self {
    case .delay(let delay): delay.json
    case .room(let rule, let until, let per):
      [
        "rule": .string(rule), "until": until.map { .string($0.rfc3339) } ?? .null,
        "per": .string(per.text),
      ]
    }
  }
}
