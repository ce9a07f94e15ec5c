import ActionProtocol

/// What a whole number of a field counts.
public enum PolicyUnit: String, CaseIterable, Hashable, Sendable {
  case days, hours, minutes, invoices, recipients, characters, records, messages, proposals
  case rejections, files, percent

  /// The unit of one of them, as `1 day` is written.
  var singular: String { self == .percent ? rawValue : String(rawValue.dropLast()) }
}

/// The type of a field: what its values are and which operators may ask for them.
public enum PolicyFieldType: Hashable, Sendable {
  /// Yes or no.
  case flag
  /// A whole number of a unit, from 0 on.
  case integer(PolicyUnit)
  /// An amount in minor units with its currency; amounts of two currencies are never compared.
  case money
  /// One text; letters' case does not count.
  case text
  /// One of these words; in order where `ordered`, from low to high.
  case word([String], ordered: Bool)
  /// A set of texts; letters' case does not count.
  case texts
  /// A set of internet domains, in ASCII.
  case domains

  /// The type's name in lists and messages.
  public var name: String {
    switch self {
    case .flag: "yes or no"
    case .integer(let unit): "number of \(unit.rawValue)"
    case .money: "amount with currency"
    case .text: "text"
    case .word: "one word"
    case .texts: "list of texts"
    case .domains: "list of domains"
    }
  }

  /// The words, where the type has a vocabulary.
  public var words: [String]? {
    if case .word(let words, _) = self { return words }
    return nil
  }

  /// The operators that may be used with it.
  public var operators: [PolicyOperator] {
    switch self {
    case .flag: [.eq, .exists]
    case .integer: [.eq, .ne, .lt, .lte, .gt, .gte, .between, .in, .notIn, .exists]
    case .money: [.eq, .ne, .lt, .lte, .gt, .gte, .between, .exists]
    case .text: [.eq, .ne, .in, .notIn, .contains, .exists]
    case .word(_, ordered: false): [.eq, .ne, .in, .notIn, .exists]
    case .word(_, ordered: true): [.eq, .ne, .lt, .lte, .gt, .gte, .between, .in, .notIn, .exists]
    case .texts: [.anyOf, .allOf, .noneOf, .exists]
    case .domains: [.anyInDomains, .allInDomains, .exists]
    }
  }
}

/// Who determines the value of a field.
public enum PolicyFieldSource: String, CaseIterable, Hashable, Sendable {
  /// The company's records.
  case books
  /// AIOM itself: what it counted, rendered, or knows from credentials and clocks.
  case aiom
  /// Whoever proposes, or a text. A rule that looks at such a field may only tighten.
  case proposer

  /// Whether a rule that looks at the field may only tighten.
  public var tightensOnly: Bool { self == .proposer }
}
