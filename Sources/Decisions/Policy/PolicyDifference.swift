import ActionProtocol

/// What two versions of a policy differ in, rule by rule.
public struct PolicyDifference: Hashable, Sendable {
  /// The rules that only the newer one has, by id.
  public let added: [PolicyRule]
  /// The rules that only the older one has, by id.
  public let removed: [PolicyRule]
  /// The rules that both have and that say something else, by id: before and after.
  public let changed: [Change]

  /// One rule before and after.
  public struct Change: Hashable, Sendable {
    public let before: PolicyRule
    public let after: PolicyRule
  }

  /// - Parameter old: nil for the first version: everything is added.
  public init(from old: Policy?, to new: Policy) {
    let before = Dictionary((old?.rules ?? []).map { ($0.id, $0) }) { $1 }
    let after = Dictionary(new.rules.map { ($0.id, $0) }) { $1 }
    let sorted = { (rules: [PolicyRule]) in rules.sorted { $0.id < $1.id } }
    added = sorted(new.rules.filter { before[$0.id] == nil })
    removed = sorted((old?.rules ?? []).filter { after[$0.id] == nil })
    changed = sorted(new.rules).compactMap { rule in
      guard let former = before[rule.id], former != rule else { return nil }
      return Change(before: former, after: rule)
    }
  }

  /// Whether no rule differs; cases may.
  public var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty }

  /// One line for each rule: `+`, `-` or `~`, its id and its sentence.
  public var lines: [String] {
    added.map { "+ \($0.id): \(PolicySentences.sentence($0))" }
      + removed.map { "- \($0.id): \(PolicySentences.sentence($0))" }
      + changed.flatMap {
        [
          "~ \($0.after.id): \(PolicySentences.sentence($0.after))",
          "  before: \(PolicySentences.sentence($0.before))",
        ]
      }
  }

  /// `{added: [rule], removed: [rule], changed: [{before, after}]}`.
  public var json: JSONValue {
    [
      "added": .array(added.map(\.json)), "removed": .array(removed.map(\.json)),
      "changed": .array(changed.map { ["before": $0.before.json, "after": $0.after.json] }),
    ]
  }
}
