extension JSONParser {
  /// Reads a number: `.integer` where its value is integral, so `1.0` and `1e2` are integers.
  mutating func number() throws(Stop) -> JSONValue {
    let start = position
    let negative = take(UInt8(ascii: "-"))
    let whole = position
    guard let first = peek(), Self.isDigit(first) else { throw syntax("A digit is expected.") }
    let magnitude = scanDigits()
    if first == UInt8(ascii: "0"), position - whole > 1 {
      throw syntax("A number may not begin with a zero.")
    }
    let integral = try !scanFractionAndExponent()
    if integral, let magnitude, magnitude <= UInt64(JSONReader.maximumInteger) {
      return .integer(negative ? -Int64(magnitude) : Int64(magnitude))
    }
    return try general(UnsafeBufferPointer(rebasing: bytes[start..<position]))
  }

  private mutating func general(_ text: UnsafeBufferPointer<UInt8>) throws(Stop) -> JSONValue {
    guard let value = Double(String(decoding: text, as: UTF8.self)),
      value.magnitude <= Double(JSONReader.maximumInteger)
    else {
      try report(
        "json.number_range", "The number is beyond ±(2^53 − 1), where JSON readers disagree.",
        "Write it as a string, or use a smaller unit.")
      return .integer(0)
    }
    return Int64(exactly: value).map { .integer($0) } ?? .number(value)
  }

  /// Passes over digits and returns their value, nil when it does not fit.
  private mutating func scanDigits() -> UInt64? {
    var value: UInt64? = 0
    while position < bytes.count, Self.isDigit(bytes[position]) {
      let digit = UInt64(bytes[position] - UInt8(ascii: "0"))
      if let sum = value {
        value = sum > UInt64.max / 10 - 1 ? nil : sum * 10 + digit
      }
      position += 1
    }
    return value
  }

  /// Passes over a fraction and an exponent and says whether there was one.
  private mutating func scanFractionAndExponent() throws(Stop) -> Bool {
    var found = false
    if take(UInt8(ascii: ".")) {
      found = true
      try expectDigits()
    }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      found = true
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try expectDigits()
    }
    return found
  }

  private mutating func expectDigits() throws(Stop) {
    let start = position
    _ = scanDigits()
    if position == start { throw syntax("A digit is expected.") }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }
}
