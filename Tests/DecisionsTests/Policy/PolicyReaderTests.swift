import ActionProtocol
import Decisions
import Testing

/// The reader, fed with JSON; what is YAML's own is tested with `PolicyFile`.
@Suite struct PolicyReaderTests {
  private func read(_ rule: JSONValue, merging other: JSONObject = [:]) -> PolicyReader.Answer {
    var object = rule.objectValue ?? JSONObject()
    for (key, value) in other { object[key] = value }
    return PolicyReader.read(
      PolicyNode(["policy": "test", "rules": [.object(object)]]))
  }

  private let base: JSONValue = [
    "id": "late", "title": "Late", "on": ["send_invoice_reminder"],
    "when": ["all": [["field": "invoice.overdue_days", "op": "gt", "value": 30]]],
    "then": ["deny": [:]], "reason": "Too late.",
  ]

  @Test func `a rule is read`() throws {
    let rule = try #require(read(base).policy?.rules.first)
    #expect(rule.id == "late" && rule.then == .deny && rule.status == .active)
    #expect(rule.when == .all(.field(.overdueDays, .gt, .integer(30))))
  }

  @Test(
    arguments: [
      (["titel": "x"], "key.unknown"), (["id": "Late"], "value.slug"), (["on": []], "list.empty"),
      (["on": ["send_invoice_remainder"]], "value.word"), (["status": "on"], "value.word"),
      (["then": [:]], "then.empty"), (["then": ["deny": [:], "auto": [:]]], "then.several"),
      (["then": ["deny": ["x": 1]]], "key.unknown"), (["title": "two\nlines"], "value.text"),
      (["when": [:]], "when.empty"), (["when": ["all": []]], "list.empty"),
      (["then": ["require": ["role": "viewer"]]], "role.viewer"),
      (["then": ["require": ["role": "owner", "n": 0]]], "value.integer"),
      (["then": ["auto": ["undo": "10 min"]]], "value.span"),
      (["then": ["delay": ["for": "1h", "from": "09:00"]]], "delay.both"),
      (["then": ["cap": ["max": 3, "per": "1d", "over": "drop"]]], "value.word"),
      (["then": ["cap": ["max": "3 EURO", "per": "1d", "over": "deny"]]], "value.money"),
      (["review_by": "soon"], "value.day"),
    ] as [(JSONObject, String)])
  func `what does not fit is refused with its code`(_ change: JSONObject, _ code: String) {
    let answer = read(base, merging: change)
    #expect(answer.policy == nil)
    #expect(answer.issues.map(\.code) == [code])
    #expect(answer.issues.allSatisfy { !$0.message.isEmpty && !$0.remedy.isEmpty })
  }

  @Test(
    arguments: [
      (["field": "invoice.overdue_day", "op": "gt", "value": 3], "value.word"),
      (["field": "invoice.overdue_days", "op": "contains", "value": "3"], "op.type"),
      (["field": "invoice.overdue_days", "op": "gt", "value": "3 hours"], "value.unit"),
      (["field": "invoice.overdue_days", "op": "gt", "value": "007"], "value.integer"),
      (["field": "invoice.overdue_days", "op": "between", "value": [3]], "value.count"),
      (["field": "invoice.disputed", "op": "eq", "value": "yes"], "value.flag"),
      (["field": "action.amount", "op": "gt", "value": 5000], "value.money"),
      (["field": "action.amount", "op": "gt", "value": "5,000.00 EUR"], "value.money"),
      (
        ["field": "recipient.domains", "op": "any_in_domains", "value": ["@x.example"]],
        "value.domain"
      ),
      (["field": "deal.to_stage", "op": "eq", "value": "won"], "field.type"),
      (["field": "action.risk", "op": "eq", "value": "hgih"], "value.word"),
    ] as [(JSONValue, String)])
  func `a clause that does not fit its field is refused`(_ clause: JSONValue, _ code: String) {
    #expect(read(base, merging: ["when": ["all": [clause]]]).issues.map(\.code) == [code])
  }

  @Test func `the nearest name is offered`() {
    let answer = read(base, merging: ["reson": "x"])
    #expect(answer.issues.first?.remedy == "Did you mean reason?")
  }

  @Test func `an auto rule may not rest on claims`() {
    let clause: JSONValue = ["field": "proposal.confidence", "op": "gte", "value": 90]
    let answer = read(
      base, merging: ["then": ["auto": [:]], "when": ["any": [["none": [clause]]]]])
    #expect(answer.issues.map(\.code) == ["field.tighten_only"])
  }

  @Test func `three lists deep is read, four are not`() {
    let clause: JSONValue = ["field": "invoice.count", "op": "gt", "value": 1]
    let three: JSONValue = ["all": [["any": [["none": [clause]]]]]]
    #expect(read(base, merging: ["when": three]).issues.isEmpty)
    #expect(read(base, merging: ["when": ["all": [three]]]).issues.map(\.code) == ["when.depth"])
  }

  @Test func `two rules of one id are refused`() {
    let answer = PolicyReader.read(PolicyNode(["policy": "test", "rules": [base, base]]))
    #expect(answer.issues.map(\.code) == ["rule.duplicate"])
  }

  @Test func `everything wrong is told at once`() {
    let answer = read(base, merging: ["id": "X", "on": ["y"], "then": ["auto": ["undo": "z"]]])
    #expect(Set(answer.issues.map(\.code)) == ["value.slug", "value.word", "value.span"])
  }

  @Test func `a number may carry its unit`() {
    for value in ["30 days", "30", "30 day"] {
      let clause: JSONValue = [
        "field": "invoice.overdue_days", "op": "gt", "value": .string(value),
      ]
      #expect(read(base, merging: ["when": ["all": [clause]]]).policy != nil)
    }
  }

  @Test(arguments: Seeds.all)
  func `a document of any shape is answered`(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<60 { _ = PolicyReader.read(PolicyNode(Self.mangled(&random))) }
  }

  private static func mangled(_ random: inout SeededGenerator) -> JSONValue {
    func change(_ value: JSONValue, _ random: inout SeededGenerator) -> JSONValue {
      if Int.random(in: 0..<40, using: &random) == 0 {
        let others: [JSONValue] = [.null, true, -1, "x", [], [:], ["all": [[]]], 1.5]
        return others[Int.random(in: 0..<others.count, using: &random)]
      }
      switch value {
      case .array(let items): return .array(items.map { change($0, &random) })
      case .object(let object):
        return .object(JSONObject(object.members.map { ($0.key, change($0.value, &random)) }))
      default: return value
      }
    }
    return change(Policy.standard.json, &random)
  }

  @Test func `the standard policy is read back from its JSON, with the same hash`() {
    let answer = PolicyReader.read(PolicyNode(Policy.standard.json))
    #expect(answer.issues.isEmpty)
    #expect(answer.policy == .standard)
    #expect(answer.policy?.hash == Policy.standard.hash)
  }

  @Test func `any change of a rule changes the hash`() {
    var hashes: Set<Digest> = [Policy.standard.hash]
    for index in Policy.standard.rules.indices {
      var policy = Policy.standard
      policy.rules[index].status = .off
      hashes.insert(policy.hash)
      policy.rules.remove(at: index)
      hashes.insert(policy.hash)
    }
    #expect(hashes.count == 1 + 2 * Policy.standard.rules.count)
  }
}
