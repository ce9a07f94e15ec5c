extension TextFormat {
  /// Whether the text has this form.
  func accepts(_ text: String) -> Bool {
    switch self {
    case .timestamp: TimestampForm.accepts(text)
    case .date: LocalDate(iso: text) != nil
    case .dayStart: TimeOfDay(text).map { $0.minutes < 1440 } ?? false
    case .dayEnd: TimeOfDay(text) != nil
    case .sha256: Digest(hex: text) != nil
    default: matches(text)
    }
  }

  private func matches(_ text: String) -> Bool {
    let matched = text.utf8.withContiguousStorageIfAvailable { matches($0[...]) }
    return matched ?? Array(text.utf8).withUnsafeBufferPointer { matches($0[...]) }
  }

  private func matches(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    guard let first = bytes.first else { return false }
    let rest = bytes.dropFirst()
    switch self {
    case .identifier:
      return first.isAlphanumeric
        && rest.allSatisfy { $0.isAlphanumeric || $0.isOne(of: "._:-") }
    case .fieldName:
      return first.isLowercase || first == UInt8(ascii: "_")
        ? rest.allSatisfy(\.isSnake) : false
    case .model:
      return first.isLowercase && rest.allSatisfy { $0.isSnake || $0 == UInt8(ascii: ".") }
        && Self.hasNoEmptyPart(bytes, between: UInt8(ascii: "."))
    case .changePath:
      return (first.isLetter || first == UInt8(ascii: "_"))
        && rest.allSatisfy { $0.isAlphanumeric || $0.isOne(of: "_.") }
        && Self.hasNoEmptyPart(bytes, between: UInt8(ascii: "."))
    case .timezone:
      return first.isLetter && rest.allSatisfy { $0.isAlphanumeric || $0.isOne(of: "_+-/") }
        && Self.hasNoEmptyPart(bytes, between: UInt8(ascii: "/"))
    case .e164:
      return first == UInt8(ascii: "+") && rest.first != UInt8(ascii: "0")
        && (7...15).contains(rest.count) && rest.allSatisfy(\.isDigit)
    case .mediaType: return Self.isMediaType(bytes)
    case .filename: return Self.isFilename(bytes)
    case .scopeKey: return Self.isScopeKey(bytes)
    case .timestamp, .date, .dayStart, .dayEnd, .sha256: return false
    }
  }

  private static func hasNoEmptyPart(
    _ bytes: Slice<UnsafeBufferPointer<UInt8>>, between separator: UInt8
  ) -> Bool {
    var previous = separator
    for byte in bytes {
      if byte == separator, previous == separator { return false }
      previous = byte
    }
    return previous != separator
  }

  private static func isMediaType(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let parts = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return parts.count == 2
      && parts.allSatisfy { part in
        part.first.map(\.isAlphanumeric) ?? false
          && part.allSatisfy { $0.isAlphanumeric || $0.isOne(of: "!#&^_.+-") }
      }
  }

  private static func isFilename(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    var previous: UInt8 = 0
    for byte in bytes {
      if byte < 0x20 || byte == 0x7F || byte.isOne(of: "/\\") { return false }
      if previous == 0xC2, byte < 0xA0 { return false }
      previous = byte
    }
    return true
  }

  private static func isScopeKey(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let prefix = "partner_".utf8
    guard bytes.starts(with: prefix) else { return false }
    let number = bytes.dropFirst(prefix.count)
    guard let colon = number.firstIndex(of: UInt8(ascii: ":")) else { return false }
    let digits = number[..<colon]
    let context = number[(colon + 1)...]
    return (1...16).contains(digits.count) && digits.first != UInt8(ascii: "0")
      && digits.allSatisfy(\.isDigit) && !context.isEmpty
      && context.allSatisfy { $0.isAlphanumeric || $0.isOne(of: "_.:-") }
  }
}

/// The lexical form of timestamps, which is wider than what `Instant` holds only at the very
/// ends of the calendar.
enum TimestampForm {
  static func accepts(_ text: String) -> Bool {
    if Instant(rfc3339: text) != nil { return true }
    // A moment that leaves the years 0000-9999 in UTC still has the form; `time.range` says so.
    return Instant(rfc3339: "2000" + text.dropFirst(4)) != nil && isAtTheEdge(text)
  }

  private static func isAtTheEdge(_ text: String) -> Bool {
    text.hasPrefix("0000-01-01") || text.hasPrefix("9999-12-31")
  }
}

extension UInt8 {
  var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  var isLowercase: Bool { self >= 0x61 && self <= 0x7A }
  var isLetter: Bool { (self | 0x20).isLowercase && self < 0x80 }
  var isAlphanumeric: Bool { isDigit || isLetter }
  var isSnake: Bool { isDigit || isLowercase || self == UInt8(ascii: "_") }

  func isOne(of characters: StaticString) -> Bool {
    UnsafeBufferPointer(start: characters.utf8Start, count: characters.utf8CodeUnitCount)
      .contains(self)
  }
}
