import ActionProtocol

extension PolicyReader {
  /// One value that fits a field, as a clause or a fact has it.
  mutating func value(_ node: PolicyNode, _ path: String, _ field: PolicyField) -> PolicyValue? {
    switch field.type {
    case .flag: return flag(node, path).map { .flag($0) }
    case .integer(let unit): return number(node, path, field, unit).map { .integer($0) }
    case .money: return money(node, path).map { .money($0) }
    case .text: return line(node, path, upTo: 200).map { .text($0) }
    case .word(let words, _):
      return word(node, path, among: words).map { .text($0) }
    case .texts: return line(node, path, upTo: 200).map { .text($0) }
    case .domains: return domain(node, path).map { .text($0) }
    }
  }

  /// A whole number, with or without its unit: `20` or `20 days`.
  private mutating func number(
    _ node: PolicyNode, _ path: String, _ field: PolicyField, _ unit: PolicyUnit
  ) -> Int64? {
    guard let text = scalar(node, path) else { return nil }
    let parts = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    if parts.count == 2, parts[1] != unit.rawValue, parts[1] != unit.singular {
      report(
        node, path, "value.unit", "\(field.name) counts \(unit.rawValue), not \(shown(parts[1])).",
        "Write the number of \(unit.rawValue), as 20 or \"20 \(unit.rawValue)\".")
      return nil
    }
    let bare =
      parts.count == 2 ? PolicyNode(.scalar(parts[0], isQuoted: false), line: node.line) : node
    let most: Int64 = unit == .percent ? 100 : unit == .hours ? 23 : 1_000_000_000
    return integer(bare, path, 0...most)
  }

  private mutating func domain(_ node: PolicyNode, _ path: String) -> String? {
    guard let text = scalar(node, path) else { return nil }
    let labels = text.split(separator: ".", omittingEmptySubsequences: false)
    let isDomain =
      labels.count > 1 && text.utf8.count <= 253
      && labels.allSatisfy { label in
        !label.isEmpty
          && label.utf8.allSatisfy {
            (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || $0 == 0x2D
          }
      }
    if isDomain { return text.lowercased() }
    report(
      node, path, "value.domain", "\(place(path)) is no domain.",
      "Write it in ASCII and without @ or *, as customer.example; what is below it counts too.")
    return nil
  }

  /// A fact as a record has it; `null` where it is known to have none.
  mutating func fact(_ node: PolicyNode, _ path: String, _ field: PolicyField) -> PolicyValue? {
    if case .scalar("null", isQuoted: false) = node.content { return .absent }
    switch field.type {
    case .texts, .domains:
      let items = list(node, path, upTo: 1000)
      guard case .list = node.content else { return nil }
      let texts = items.enumerated().compactMap { index, item -> String? in
        guard case .text(let text) = value(item, "\(path)[\(index)]", field) else { return nil }
        return text
      }
      return texts.count == items.count ? .texts(texts) : nil
    default: return value(node, path, field)
    }
  }

  mutating func facts(
    _ node: PolicyNode?, _ path: String, _ type: ActionType
  ) -> [PolicyField: PolicyValue] {
    guard let node, case .map(let members) = node.content else {
      if let node { _ = map(node, path, []) }
      return [:]
    }
    var facts: [PolicyField: PolicyValue] = [:]
    for member in members {
      let place = join(path, member.key)
      let key = PolicyNode(.scalar(member.key, isQuoted: false), line: member.line)
      guard let field = field(key, place, [type]) else { continue }
      if facts[field] != nil {
        report(
          line: member.line, place, "key.duplicate", "The fact \(field.name) stands twice.",
          "Keep one of the two.")
      }
      facts[field] = fact(member.value, place, field)
    }
    return facts
  }

  mutating func caps(_ node: PolicyNode?, _ path: String) -> [String: CapUse] {
    guard let node, case .map(let members) = node.content else {
      if let node { _ = map(node, path, []) }
      return [:]
    }
    var caps: [String: CapUse] = [:]
    for member in members {
      let place = join(path, member.key)
      let keys = ["count", "minor_units", "room_at"]
      guard let map = map(member.value, place, keys) else { continue }
      var use = CapUse()
      use.count = map["count"].flatMap { integer($0, "\(place).count", 0...Int64(1) << 40) } ?? 0
      let most = JSONReader.maximumInteger
      use.minorUnits =
        map["minor_units"].flatMap { integer($0, "\(place).minor_units", -most...most) } ?? 0
      use.roomAt = map["room_at"].flatMap { instant($0, "\(place).room_at") }
      caps[member.key] = use
    }
    return caps
  }

  mutating func instant(_ node: PolicyNode, _ path: String) -> Instant? {
    guard let text = scalar(node, path) else { return nil }
    if let instant = Instant(rfc3339: text) { return instant }
    report(
      node, path, "value.instant", "\(place(path)) is no moment.",
      "Write it as 2026-01-31T09:00:00Z.")
    return nil
  }

  mutating func readCase(_ node: PolicyNode, _ path: String) -> PolicyCase? {
    let keys = ["name", "on", "facts", "caps", "expect"]
    guard let map = map(node, path, keys, needed: ["name", "on", "expect"]), let onNode = map["on"],
      let type = word(onNode, "\(path).on", as: ActionType.self), let expectNode = map["expect"],
      let expect = self.map(
        expectNode, "\(path).expect", ["decision", "roles", "rules", "waits"], needed: ["decision"])
    else { return nil }
    let name = map["name"].flatMap { line($0, "\(path).name", upTo: 200) }
    let facts = facts(map["facts"], "\(path).facts", type)
    let caps = caps(map["caps"], "\(path).caps")
    let verdict = expect["decision"].flatMap {
      word($0, "\(path).expect.decision", as: PolicyVerdict.Kind.self)
    }
    let roles = expect["roles"].map { node in
      Set(
        list(node, "\(path).expect.roles", upTo: 20).compactMap { slug($0, "\(path).expect.roles") }
      )
    }
    let rules = list(expect["rules"], "\(path).expect.rules", upTo: 50).compactMap {
      slug($0, "\(path).expect.rules")
    }
    let waits = expect["waits"].flatMap { flag($0, "\(path).expect.waits") }
    guard let name, let verdict else { return nil }
    return PolicyCase(
      name: name, type: type, facts: facts, caps: caps, verdict: verdict, roles: roles,
      rules: rules, waits: waits)
  }

  /// Reads `{action_type, facts, caps}`.
  ///
  /// - Parameter assumingTypical: whether what is not said is as usual (``PolicyFacts/typical(_:)``);
  ///   otherwise it counts as not given.
  public static func readFacts(
    _ document: PolicyNode, assumingTypical: Bool, beside others: [String] = []
  ) -> (facts: PolicyFacts?, issues: [PolicyIssue]) {
    var reader = PolicyReader()
    let keys = ["action_type", "facts", "caps"] + others
    guard let map = reader.map(document, "", keys, needed: ["action_type"]),
      let node = map["action_type"],
      let type = reader.word(node, "action_type", as: ActionType.self)
    else { return (nil, reader.issues) }
    var facts = assumingTypical ? PolicyFacts.typical(type) : PolicyFacts(type)
    facts = facts.with(reader.facts(map["facts"], "facts", type))
    facts.caps = reader.caps(map["caps"], "caps")
    return (reader.issues.isEmpty ? facts : nil, reader.issues)
  }
}
