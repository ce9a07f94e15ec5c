import ActionProtocol

extension PolicyReader {
  private static let ruleKeys = [
    "id", "title", "status", "on", "when", "then", "reason", "owner", "review_by",
  ]

  mutating func rule(_ node: PolicyNode, _ path: String) -> PolicyRule? {
    let needed = ["id", "title", "on", "then", "reason"]
    guard let map = map(node, path, Self.ruleKeys, needed: needed) else { return nil }
    let before = issues.count
    let id = map["id"].flatMap { slug($0, "\(path).id") }
    let title = map["title"].flatMap { line($0, "\(path).title", upTo: 120) }
    let status = map["status"].map { word($0, "\(path).status", as: PolicyRule.Status.self) }
    let on = map["on"].map { scopes($0, "\(path).on") } ?? []
    let types = on.flatMap(\.types)
    let when = map["when"].map { condition($0, "\(path).when", depth: 1, types) }
    let then = map["then"].flatMap { outcome($0, "\(path).then") }
    let reason = map["reason"].flatMap { line($0, "\(path).reason", upTo: 500) }
    let owner = map["owner"].flatMap { line($0, "\(path).owner", upTo: 120) }
    let reviewBy = map["review_by"].flatMap { day($0, "\(path).review_by") }
    guard issues.count == before, let id, let title, let then, let reason, !on.isEmpty else {
      return nil
    }
    let rule = PolicyRule(
      id: id, title: title, status: (status ?? .active) ?? .active, on: on,
      when: (when ?? PolicyCondition()) ?? PolicyCondition(), then: then.outcome,
      notice: then.notice, reason: reason, owner: owner, reviewBy: reviewBy)
    reportClaims(rule, map["when"] ?? node, "\(path).when")
    return rule
  }

  /// A rule that lets go by itself may not rest on what a proposer or a text says.
  private mutating func reportClaims(_ rule: PolicyRule, _ node: PolicyNode, _ path: String) {
    guard rule.then?.loosens == true else { return }
    for field in Set(rule.claimedFields).sorted(by: { $0.rawValue < $1.rawValue }) {
      report(
        node, path, "field.tighten_only",
        "\(field.name) is what a proposer or a text says; a rule with auto may not rest on it.",
        "Use it in a rule with require or deny, or take it out.")
    }
  }

  private mutating func scopes(_ node: PolicyNode, _ path: String) -> [PolicyScope] {
    let items = list(node, path, upTo: 50)
    reportEmpty(node, path)
    let names = PolicyScope.Group.allCases.map(\.rawValue) + ActionType.allCases.map(\.rawValue)
    return items.enumerated().compactMap { index, item in
      word(item, "\(path)[\(index)]", among: names).flatMap { PolicyScope(name: $0) }
    }
  }

  private mutating func day(_ node: PolicyNode, _ path: String) -> LocalDate? {
    guard let text = scalar(node, path) else { return nil }
    if let day = LocalDate(iso: text) { return day }
    report(node, path, "value.day", "\(place(path)) is no day.", "Write it as 2026-12-31.")
    return nil
  }

  // MARK: - Conditions

  private mutating func condition(
    _ node: PolicyNode, _ path: String, depth: Int, _ types: [ActionType]
  ) -> PolicyCondition? {
    guard depth <= PolicyCondition.maximumDepth else {
      report(
        node, path, "when.depth", "Lists stand more than \(PolicyCondition.maximumDepth) deep.",
        "Write it flatter, or as several rules.")
      return nil
    }
    guard let map = map(node, path, ["all", "any", "none"]) else { return nil }
    var lists: [String: [PolicyCondition.Item]] = [:]
    for key in ["all", "any", "none"] {
      guard let list = map[key] else { continue }
      reportEmpty(list, "\(path).\(key)")
      lists[key] = self.list(list, "\(path).\(key)", upTo: 100).enumerated().compactMap {
        item($1, "\(path).\(key)[\($0)]", depth: depth, types)
      }
    }
    if map.isEmpty {
      report(
        node, path, "when.empty", "\(place(path)) says nothing.",
        "Name all, any or none with a list, or leave when out.")
    }
    return PolicyCondition(
      all: lists["all"] ?? [], any: lists["any"] ?? [], none: lists["none"] ?? [])
  }

  private mutating func item(
    _ node: PolicyNode, _ path: String, depth: Int, _ types: [ActionType]
  ) -> PolicyCondition.Item? {
    guard case .map(let members) = node.content,
      members.contains(where: { ["all", "any", "none"].contains($0.key) })
    else { return clause(node, path, types).map { .clause($0) } }
    return condition(node, path, depth: depth + 1, types).map { .group($0) }
  }

  private mutating func clause(
    _ node: PolicyNode, _ path: String, _ types: [ActionType]
  ) -> PolicyClause? {
    let keys = ["field", "op", "value"]
    guard let map = map(node, path, keys, needed: keys), let fieldNode = map["field"],
      let field = field(fieldNode, "\(path).field", types), let opNode = map["op"],
      let value = map["value"]
    else { return nil }
    let allowed = field.type.operators.map(\.rawValue)
    guard let name = word(opNode, "\(path).op", among: PolicyOperator.allCases.map(\.rawValue)),
      let op = PolicyOperator(rawValue: name)
    else { return nil }
    guard allowed.contains(name) else {
      report(
        opNode, "\(path).op", "op.type",
        "\(name) does not fit \(field.name), which is \(field.type.name).",
        "Use one of \(allowed.joined(separator: ", ")).")
      return nil
    }
    return values(value, "\(path).value", field, op).map { PolicyClause(field, op, $0) }
  }

  /// A field that actions of all these types have.
  mutating func field(
    _ node: PolicyNode, _ path: String, _ types: [ActionType]
  ) -> PolicyField? {
    let names = PolicyField.allCases.map(\.name)
    guard let name = word(node, path, among: names), let field = PolicyField(name: name) else {
      return nil
    }
    guard let without = types.first(where: { !field.exists(on: $0) }) else { return field }
    report(
      node, path, "field.type", "Actions of type \(without.rawValue) have no \(name).",
      "Take \(without.rawValue) out of on, or use a field that it has: aiom policy fields.")
    return nil
  }

  private mutating func values(
    _ node: PolicyNode, _ path: String, _ field: PolicyField, _ op: PolicyOperator
  ) -> [PolicyValue]? {
    if op == .exists { return flag(node, path).map { [.flag($0)] } }
    guard op.takesList else { return value(node, path, field).map { [$0] } }
    let items = list(node, path, upTo: op.values.upperBound)
    guard case .list = node.content, items.count >= op.values.lowerBound else {
      if case .list = node.content {
        report(
          node, path, "value.count", "\(op.rawValue) takes more values.",
          op == .between ? "Write [least, most]." : "Write [one, two].")
      }
      return nil
    }
    let values = items.enumerated().compactMap { value($1, "\(path)[\($0)]", field) }
    return values.count == items.count ? values : nil
  }
}
