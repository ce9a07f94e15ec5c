import ActionProtocol

/// Evaluates the three predicates that look at a record of the books.
public enum RecordPredicates {
  /// Whether a predicate holds.
  ///
  /// Values are compared as the books mean them: a many2one field `[id, name]` equals its id or its
  /// name; numbers and decimal text are equal by value (`5000`, `"5000.00"`); null and false are both
  /// nothing.
  /// - Parameters:
  ///   - predicate: `odoo_record_exists`, `odoo_field_equals` or `odoo_field_in`.
  ///   - answer: what the books say of the predicate's record.
  ///   - now: the transaction's time.
  ///   - maximumAge: a reading older than this cannot tell anything.
  /// - Returns: nil for a predicate that does not look at a record.
  public static func evaluate(
    _ predicate: Predicate, answer: RecordAnswer, now: Instant, maximumAge: Duration
  ) -> CheckResult? {
    switch predicate {
    case .recordExists:
      return evaluate(answer, now: now, maximumAge: maximumAge) { _ in .pass }
    case .fieldEquals(_, let field, let expected):
      return evaluate(answer, now: now, maximumAge: maximumAge) { facts in
        compare(facts, field, with: [expected])
      }
    case .fieldIn(_, let field, let allowed):
      return evaluate(answer, now: now, maximumAge: maximumAge) { facts in
        compare(facts, field, with: allowed)
      }
    case .noDuplicateInWindow, .quietHours:
      return nil
    }
  }

  private static func evaluate(
    _ answer: RecordAnswer, now: Instant, maximumAge: Duration,
    _ check: (RecordFacts) -> CheckResult
  ) -> CheckResult {
    switch answer {
    case .unavailable(let code):
      return .cannotTell(reason: code)
    case .missing:
      return .fail(found: .string("record_missing"))
    case .found(let facts):
      guard facts.asOf.advanced(by: maximumAge) >= now else {
        return .cannotTell(reason: "stale_facts")
      }
      return check(facts)
    }
  }

  private static func compare(
    _ facts: RecordFacts, _ field: String, with allowed: [JSONValue]
  ) -> CheckResult {
    guard let found = facts.fields[field] else {
      return .cannotTell(reason: "field_not_held.\(field)")
    }
    return allowed.contains { matches(found, $0) } ? .pass : .fail(found: found)
  }

  /// Whether a field's value equals an expected one as the books mean it.
  static func matches(_ found: JSONValue, _ expected: JSONValue) -> Bool {
    if isNothing(found) || isNothing(expected) { return isNothing(found) && isNothing(expected) }
    if found == expected { return true }
    if case .array(let pair) = found, pair.count == 2, case .integer = pair[0],
      case .string = pair[1]
    {
      return matches(pair[0], expected) || matches(pair[1], expected)
    }
    guard let left = DecimalText(found), let right = DecimalText(expected) else { return false }
    return left == right
  }

  private static func isNothing(_ value: JSONValue) -> Bool {
    switch value {
    case .null, .bool(false): true
    default: false
    }
  }
}

/// A number's decimal digits without leading and trailing zeros: equal by value, never by rounding.
struct DecimalText: Hashable {
  private let isNegative: Bool
  private let whole: String
  private let fraction: String

  init?(_ value: JSONValue) {
    switch value {
    case .integer(let number): self.init(String(number))
    case .number(let number): self.init("\(number)")
    case .string(let text): self.init(text)
    default: return nil
    }
  }

  private init?(_ text: String) {
    var rest = Substring(text)
    let negative = rest.first == "-"
    if negative { rest.removeFirst() }
    let parts = rest.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, !first.isEmpty,
      parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } })
    else { return nil }
    whole = String(first.drop { $0 == "0" })
    var tail = parts.count == 2 ? parts[1] : ""
    while tail.last == "0" { tail.removeLast() }
    fraction = String(tail)
    isNegative = negative && !(whole.isEmpty && fraction.isEmpty)
  }
}
