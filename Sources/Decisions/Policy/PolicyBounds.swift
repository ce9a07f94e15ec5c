import ActionProtocol

/// What the clauses that have to hold together leave for one field: numbers from `low` to `high`, or
/// some texts. The record having none is left out as soon as one clause asks for something.
struct PolicyBounds: Hashable {
  var low = Int64.min
  var high = Int64.max
  var texts: Set<String>?
  var refused: Set<String> = []
  var currencies: Set<String> = []

  /// Whether nothing is left.
  var isEmpty: Bool {
    if low > high { return true }
    guard let texts else { return false }
    return texts.subtracting(refused).isEmpty
  }

  /// Adds a clause that has to hold; clauses it cannot express leave the bounds as they are.
  mutating func add(_ clause: PolicyClause) {
    let numbers = clause.numbers
    if let first = numbers.first {
      add(clause.op, first, numbers.last ?? first)
      currencies.formUnion(clause.currencies)
      if clause.op == .in {
        narrow(numbers.min() ?? first, numbers.max() ?? first)
      }
    }
    let words = Set(clause.foldedTexts)
    switch clause.op {
    case .eq, .in: if !words.isEmpty { texts = texts.map { $0.intersection(words) } ?? words }
    case .ne, .notIn: refused.formUnion(words)
    default: break
    }
  }

  private mutating func add(_ op: PolicyOperator, _ first: Int64, _ last: Int64) {
    switch op {
    case .eq: narrow(first, first)
    case .lt: narrow(.min, first &- 1)
    case .lte: narrow(.min, first)
    case .gt: narrow(first &+ 1, .max)
    case .gte: narrow(first, .max)
    case .between: narrow(first, last)
    default: break
    }
  }

  private mutating func narrow(_ from: Int64, _ to: Int64) {
    low = max(low, from)
    high = min(high, to)
  }

  /// Whether everything that is left here is left there too.
  func isInside(_ other: PolicyBounds) -> Bool {
    guard other.refused.isSubset(of: refused) || texts?.isDisjoint(with: other.refused) == true,
      low >= other.low, high <= other.high, currencies == other.currencies
    else { return false }
    guard let theirs = other.texts else { return true }
    return texts?.isSubset(of: theirs) ?? false
  }
}

extension PolicyClause {
  /// The values as numbers: of integers, amounts in minor units, and words in order.
  var numbers: [Int64] {
    values.compactMap { value in
      switch value {
      case .integer(let number): return number
      case .money(let money): return money.minorUnits
      case .text(let text):
        guard case .word(let words, ordered: true) = field.type else { return nil }
        return words.firstIndex(of: text).map { Int64($0) }
      default: return nil
      }
    }
  }

  var currencies: Set<String> {
    Set(
      values.compactMap { value in
        if case .money(let money) = value { return money.currency.code }
        return nil
      })
  }

  var foldedTexts: [String] {
    values.compactMap { value in
      if case .text(let text) = value { return text.lowercased() }
      return nil
    }
  }

  /// Whether it says something that bounds can express.
  var isBounding: Bool {
    switch op {
    case .eq, .ne, .lt, .lte, .gt, .gte, .between, .in, .notIn:
      !numbers.isEmpty && op != .ne && op != .notIn || !foldedTexts.isEmpty
    default: false
    }
  }
}

extension PolicyCondition {
  /// The clauses that have to hold whenever the condition does.
  var necessary: [PolicyClause] {
    all.flatMap { item -> [PolicyClause] in
      switch item {
      case .clause(let clause): [clause]
      case .group(let group): group.necessary
      }
    }
  }

  var bounds: [PolicyField: PolicyBounds] {
    var bounds: [PolicyField: PolicyBounds] = [:]
    for clause in necessary { bounds[clause.field, default: PolicyBounds()].add(clause) }
    return bounds
  }

  /// Whether the other condition holds whenever this one does, as far as that can be told.
  func implies(_ other: PolicyCondition) -> Bool {
    guard other.any.isEmpty || other.any == any,
      other.none.allSatisfy({ none.contains($0) })
    else { return false }
    let mine = bounds
    let necessary = Set(necessary)
    return other.all.allSatisfy { item in
      guard case .clause(let clause) = item else { return all.contains(item) }
      if necessary.contains(clause) { return true }
      guard clause.isBounding, let own = mine[clause.field] else { return false }
      var wanted = PolicyBounds()
      wanted.add(clause)
      return own.isInside(wanted)
    }
  }
}
