import ActionProtocol

extension PolicyExplanation {
  /// `{decision, requirement, undo, waits, notify, alert, policy, version, hash, facts_digest, winning,
  /// considered, shadow, changes, text}`.
  public var json: JSONValue {
    var object = JSONObject([("decision", .string(decision.verdict.kind.rawValue))])
    object["text"] = .string(text)
    switch decision.verdict {
    case .deny: break
    case .require(let requirement): object["requirement"] = requirement.json
    case .auto(let undo): object["undo"] = undo.map { .string($0.text) } ?? .null
    }
    object["waits"] = .array(decision.waits.map(\.json))
    object["waits_now"] = .bool(waitsNow)
    object["notify"] = .array(decision.notices.map(\.json))
    object["alert"] = .bool(decision.isAlert)
    object["default"] = .bool(decision.isDefault)
    object["bound_by_risk"] = .bool(decision.isBoundByRisk)
    object["policy"] = .string(policy)
    object["version"] = version.map { .integer($0) } ?? .null
    object["hash"] = .string(hash.hex)
    object["facts_digest"] = .string(facts.hex)
    object["winning"] = .array(winning.map { .string($0) })
    object["considered"] = .array(considered.map(\.json))
    object["shadow"] =
      shadow.map { shadow in
        [
          "decision": .string(shadow.verdict.kind.rawValue),
          "rules": .array(shadowRules.map { .string($0) }),
        ]
      } ?? .null
    object["changes"] = .array(changes.map(\.json))
    return .object(object)
  }

  /// The decision in one sentence.
  public var text: String {
    let waits = waitsNow ? ", and waits" : ""
    let because = reasons.isEmpty ? "" : ": " + reasons.joined(separator: " ")
    switch decision.verdict {
    case .deny:
      return decision.isAlert
        ? "Refused, because a rule cannot be evaluated\(because)" : "Refused\(because)"
    case .require(let requirement):
      let why =
        decision.isBoundByRisk
        ? ": high and critical risk always needs a person."
        : because.isEmpty ? ": no rule speaks of it." : because
      return "Needs \(PolicySentences.requirement(requirement))\(waits)\(why)"
    case .auto(let undo):
      let time = undo.map { " after \($0.words) to undo it" } ?? ""
      return "Goes by itself\(time)\(waits)\(because)"
    }
  }

  private var reasons: [String] {
    considered.filter { $0.part == .won || $0.part == .error }.map { line in
      line.fault.map { "\(line.rule): \($0.words)" } ?? "\(line.reason) (\(line.rule))"
    }
  }
}

extension PolicyExplanation.Line {
  /// `{rule, title, result, first_false_clause, fault}`; the last two where there is one.
  public var json: JSONValue {
    var object: JSONObject = [
      "rule": .string(rule), "title": .string(title), "result": .string(part.rawValue),
    ]
    object["first_false_clause"] = finding.map(\.json)
    object["fault"] = fault.map { .string($0.words) }
    return .object(object)
  }
}

extension PolicyFinding {
  /// `{field, op, expected, wanted, actual, text}`; `actual` is missing where the fact was not given.
  public var json: JSONValue {
    let writer = PolicyWriter(isCanonical: true)
    let expected = clause.values.map(writer.json)
    var object: JSONObject = [
      "field": .string(clause.field.name), "op": .string(clause.op.rawValue),
      "expected": clause.op.takesList ? .array(expected) : expected.first ?? .null,
      "wanted": .bool(isWanted), "text": .string(words),
    ]
    object["actual"] = actual.map(\.json)
    return .object(object)
  }

  /// In words: `the days overdue is 34; it applies when the days overdue is at most 20`.
  public var words: String {
    let type = clause.field.type
    let wanted = PolicySentences.clause(clause)
    let condition = isWanted ? "it applies when \(wanted)" : "it does not apply when \(wanted)"
    guard let actual else { return "\(clause.field.name) was not given; \(condition)" }
    let found = "\(clause.field.name) is \(actual.words(type))"
    guard truth == .incomparable else { return "\(found); \(condition)" }
    return
      "\(found), which cannot be held against \(clause.values.map { $0.words(type) }.joined(separator: ", "))"
  }
}

extension PolicyFault {
  /// In words, with what to do.
  public var words: String {
    switch self {
    case .missing(let field): "\(field.name) is not known, and the rule looks at it."
    case .claimed(let field):
      "it lets go by itself and rests on \(field.name), which a proposer or a text controls."
    case .uncounted: "what it caps was not counted."
    }
  }
}
