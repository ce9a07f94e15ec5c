/// Reads fixed-width decimal fields from ASCII text, without regular expressions.
struct DigitScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  private(set) var position = 0

  /// Runs the body over the text's bytes.
  static func scan<Value>(_ text: String, _ body: (inout DigitScanner) -> Value?) -> Value? {
    var text = text
    return text.withUTF8 { bytes in
      var scanner = DigitScanner(bytes: bytes)
      return body(&scanner)
    }
  }

  private init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  var atEnd: Bool { position == bytes.count }

  /// Exactly `width` digits.
  mutating func digits(_ width: Int) -> Int? {
    guard position + width <= bytes.count else { return nil }
    var value = 0
    for offset in position..<position + width {
      guard let digit = Self.digit(bytes[offset]) else { return nil }
      value = value * 10 + digit
    }
    position += width
    return value
  }

  /// The next byte when it is one of those given.
  mutating func take(_ accepted: StaticString) -> UInt8? {
    guard position < bytes.count else { return nil }
    let byte = bytes[position]
    let set = UnsafeBufferPointer(start: accepted.utf8Start, count: accepted.utf8CodeUnitCount)
    guard set.contains(byte) else { return nil }
    position += 1
    return byte
  }

  /// One to `limit` digits as thousandths, further ones cut off.
  mutating func thousandths(limit: Int) -> Int? {
    var value = 0
    var count = 0
    while position < bytes.count, let digit = Self.digit(bytes[position]) {
      if count < 3 { value = value * 10 + digit }
      count += 1
      position += 1
    }
    guard (1...limit).contains(count) else { return nil }
    for _ in min(count, 3)..<3 { value *= 10 }
    return value
  }

  private static func digit(_ byte: UInt8) -> Int? {
    byte >= 0x30 && byte <= 0x39 ? Int(byte) - 0x30 : nil
  }
}
