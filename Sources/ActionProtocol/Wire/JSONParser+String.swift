extension JSONParser {
  /// Reads a string whose opening quote is next.
  mutating func string() throws(Stop) -> String {
    let start = position + 1
    var end = start
    var joined: UInt8 = 0
    while end < bytes.count {
      if isPlain(at: end) {
        end += 8
        continue
      }
      let byte = bytes[end]
      if byte == UInt8(ascii: "\"") {
        position = end + 1
        let text = UnsafeBufferPointer(rebasing: bytes[start..<end])
        return joined < 0x80 ? String(decoding: text, as: UTF8.self) : try decode(text)
      }
      if byte == UInt8(ascii: "\\") || byte < 0x20 { break }
      joined |= byte
      end += 1
    }
    position = end
    return try escapedString(from: start)
  }

  /// Reads on at the first escape of a string that began at `start`.
  private mutating func escapedString(from start: Int) throws(Stop) -> String {
    var decoded = Array(bytes[start..<position])
    var clean = position
    while position < bytes.count {
      if isPlain(at: position) {
        position += 8
        continue
      }
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        decoded.append(contentsOf: bytes[clean..<position])
        let text = try decoded.withUnsafeBufferPointer { (all) throws(Stop) in try decode(all) }
        position += 1
        return text
      case UInt8(ascii: "\\"):
        decoded.append(contentsOf: bytes[clean..<position])
        position += 1
        try escape(into: &decoded)
        clean = position
      case 0x00..<0x20: throw rawControl()
      default: position += 1
      }
    }
    throw syntax("The document ends inside a string.")
  }

  /// Whether the next eight bytes are ASCII that stands for itself; most of any text is.
  ///
  /// In one word: the highest bit of a byte is set in `small` where the byte is below 0x20, in the
  /// others where it is a quote or a backslash. A byte next to such a one may be taken for one.
  private func isPlain(at index: Int) -> Bool {
    guard index + 8 <= bytes.count else { return false }
    let word = UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: index, as: UInt64.self)
    let small = (word &- 0x2020_2020_2020_2020) & ~word
    let quote = word ^ 0x2222_2222_2222_2222
    let slash = word ^ 0x5C5C_5C5C_5C5C_5C5C
    let special =
      (quote &- 0x0101_0101_0101_0101) & ~quote | (slash &- 0x0101_0101_0101_0101) & ~slash
    return (word | small | special) & 0x8080_8080_8080_8080 == 0
  }

  private mutating func escape(into decoded: inout [UInt8]) throws(Stop) {
    guard let byte = peek() else { throw syntax("The document ends inside a string.") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): decoded.append(byte)
    case UInt8(ascii: "b"): decoded.append(0x08)
    case UInt8(ascii: "f"): decoded.append(0x0C)
    case UInt8(ascii: "n"): decoded.append(0x0A)
    case UInt8(ascii: "r"): decoded.append(0x0D)
    case UInt8(ascii: "t"): decoded.append(0x09)
    case UInt8(ascii: "u"): try unicodeEscape(into: &decoded)
    default:
      position -= 1
      throw syntax("This escape is not one of JSON's.")
    }
  }

  private mutating func unicodeEscape(into decoded: inout [UInt8]) throws(Stop) {
    let unit = try hexUnit()
    var scalar = UInt32(unit)
    if UTF16.isLeadSurrogate(unit), let trail = try trailingSurrogate() {
      scalar = 0x10000 + ((UInt32(unit) - 0xD800) << 10) + (UInt32(trail) - 0xDC00)
    }
    guard let character = Unicode.Scalar(scalar) else {
      try report(
        "json.lone_surrogate", "An escape is half of a surrogate pair.",
        "Write both halves, or the character itself in UTF-8.")
      decoded.append(contentsOf: "\u{FFFD}".utf8)
      return
    }
    decoded.append(contentsOf: UTF8.encode(character) ?? UTF8.encodedReplacementCharacter)
  }

  /// The second half of a pair when it follows at once; otherwise nothing is consumed.
  private mutating func trailingSurrogate() throws(Stop) -> UInt16? {
    let start = position
    if take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) {
      let unit = try hexUnit()
      if UTF16.isTrailSurrogate(unit) { return unit }
    }
    position = start
    return nil
  }

  private mutating func hexUnit() throws(Stop) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = peek(), let digit = Self.hexValue(byte) else {
        throw syntax("Four hexadecimal digits are expected after \\u.")
      }
      unit = unit << 4 | UInt16(digit)
      position += 1
    }
    return unit
  }

  private static func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  /// The text of the bytes. Decoding repairs what is not UTF-8, so a repaired text differs.
  private mutating func decode(_ buffer: UnsafeBufferPointer<UInt8>) throws(Stop) -> String {
    let text = String(decoding: buffer, as: UTF8.self)
    let isUnrepaired = text.utf8.withContiguousStorageIfAvailable { decoded in
      decoded.count == buffer.count
        && UnsafeRawBufferPointer(decoded).hasSameBytes(as: UnsafeRawBufferPointer(buffer))
    }
    if isUnrepaired ?? text.utf8.elementsEqual(buffer) { return text }
    throw stop(
      "json.utf8", "A string is not valid UTF-8.",
      "Save the document in UTF-8 and validate again; nothing after it was read.")
  }

  private mutating func rawControl() -> Stop {
    syntax("A control character stands in a string; write it as an escape.")
  }
}
