import ActionProtocol

/// A typed value: of a fact, or in a clause.
public enum PolicyValue: Hashable, Sendable {
  case flag(Bool)
  case integer(Int64)
  case money(Money)
  case text(String)
  case texts([String])
  /// The record is known to have none.
  case absent

  /// The value with letters' case taken away, as it is compared.
  var folded: PolicyValue {
    switch self {
    case .text(let text): .text(text.lowercased())
    case .texts(let texts): texts.isEmpty ? .absent : .texts(texts.map { $0.lowercased() })
    default: self
    }
  }

  /// The value as JSON: money as `{minor_units, currency}`, none as null.
  public var json: JSONValue {
    switch self {
    case .flag(let flag): .bool(flag)
    case .integer(let number): .integer(number)
    case .money(let money): money.policyJSON
    case .text(let text): .string(text)
    case .texts(let texts): .array(texts.map { .string($0) })
    case .absent: .null
    }
  }

  /// The value in words, fitted to the field's type.
  public func words(_ type: PolicyFieldType) -> String {
    switch self {
    case .flag(let flag): return flag ? "yes" : "no"
    case .integer(let number):
      guard case .integer(let unit) = type, unit != .hours else { return String(number) }
      return unit == .percent ? "\(number) %" : String(number)
    case .money(let money): return money.policyText
    case .text(let text):
      if case .word = type { return text }
      return "“\(text)”"
    case .texts(let texts): return texts.isEmpty ? "none" : texts.joined(separator: ", ")
    case .absent: return "none"
    }
  }
}

extension Money {
  /// `50000.00 SEK`, as policies are written.
  var policyText: String { decimalText + " " + currency.code }

  var policyJSON: JSONValue {
    ["minor_units": .integer(minorUnits), "currency": .string(currency.code)]
  }

  /// The amount of `50000.00 SEK`, nil for anything else.
  init?(policyText text: String) {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, let currency = Currency(code: parts[1]) else { return nil }
    self.init(decimalText: parts[0], currency: currency)
  }

  init?(policyJSON value: JSONValue) {
    guard let object = value.objectValue, object.count == 2,
      let units = object["minor_units"]?.integerValue,
      let code = object["currency"]?.stringValue, let currency = Currency(code: code)
    else { return nil }
    self.init(minorUnits: units, currency: currency)
  }
}
