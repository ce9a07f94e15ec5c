import ActionProtocol

/// How a clause compares a fact with what the rule says.
public enum PolicyOperator: String, CaseIterable, Hashable, Sendable {
  case eq, ne, lt, lte, gt, gte
  /// From the first to the second value, both included.
  case between
  case `in`
  case notIn = "not_in"
  /// Has the text somewhere inside it.
  case contains
  /// Known and not empty (`true`), or known to be none (`false`).
  case exists
  case anyOf = "any_of"
  case allOf = "all_of"
  case noneOf = "none_of"
  /// At least one domain is one of these or below one.
  case anyInDomains = "any_in_domains"
  /// Every domain is one of these or below one.
  case allInDomains = "all_in_domains"

  /// How many values it takes.
  var values: ClosedRange<Int> {
    switch self {
    case .eq, .ne, .lt, .lte, .gt, .gte, .contains, .exists: 1...1
    case .between: 2...2
    case .in, .notIn, .anyOf, .allOf, .noneOf, .anyInDomains, .allInDomains: 1...200
    }
  }

  /// Whether it takes a list.
  var takesList: Bool { values.upperBound > 1 }

  /// The answer where the record is known to have no such thing: a negation holds, nothing else does.
  var holdsForNone: Bool { self == .ne || self == .notIn || self == .noneOf }

  /// The operator in a sentence, between the field's words and the value's.
  func phrase(_ type: PolicyFieldType) -> String {
    switch self {
    case .eq: "is"
    case .ne: "is not"
    case .lt: type.isNumber ? "is less than" : "is below"
    case .lte: "is at most"
    case .gt: type.isNumber ? "is more than" : "is above"
    case .gte: "is at least"
    case .between: "is from"
    case .in: "is one of"
    case .notIn: "is none of"
    case .contains: "contains"
    case .exists: "is known"
    case .anyOf: "include one of"
    case .allOf: "include all of"
    case .noneOf: "include none of"
    case .anyInDomains: "include one in"
    case .allInDomains: "are all in"
    }
  }
}

extension PolicyFieldType {
  var isNumber: Bool {
    switch self {
    case .integer, .money: true
    default: false
    }
  }
}
