import ActionProtocol

/// Values as Odoo's `read` gives them: nothing is `false`, many2one is `[id, name]`.
enum OdooValue {
  static func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .bool(false) }

  static func day(_ value: LocalDate?) -> JSONValue { text(value?.iso) }

  static func many2one(_ id: Int64?, _ name: String?) -> JSONValue {
    guard let id else { return .bool(false) }
    return .array([.integer(id), .string(name ?? "")])
  }

  /// A currency or country with a number that depends on nothing but its code.
  static func coded(_ code: String?) -> JSONValue {
    guard let code else { return .bool(false) }
    let number = code.utf8.reduce(Int64(0)) { $0 * 26 + Int64($1) - 64 }
    return .array([.integer(number), .string(code)])
  }

  /// `yyyy-mm-dd hh:mm:ss`, UTC.
  static func stamp(_ instant: Instant) -> JSONValue {
    let text = instant.rfc3339
    return .string(text.prefix(10) + " " + text.dropFirst(11).prefix(8))
  }

  /// Decimal text with the places of the currency.
  static func money(_ minorUnits: Int64, _ code: String) throws -> JSONValue {
    .string(Money(minorUnits: minorUnits, currency: try currency(code)).decimalText)
  }

  static func currency(_ code: String) throws -> Currency {
    guard let currency = Currency(code: code) else {
      throw StoreError(code: "corrupt", detail: "currency")
    }
    return currency
  }
}
