/// Length and control characters of a text, from one pass over its bytes.
struct TextMeasure {
  /// The number of Unicode scalars.
  private(set) var scalars = 0
  /// Whether a line feed (U+000A) occurs.
  private(set) var hasLineFeed = false
  /// Whether a tab (U+0009) occurs.
  private(set) var hasTab = false
  /// Whether a line or paragraph separator (U+2028, U+2029) occurs.
  private(set) var hasSeparator = false
  /// Whether any other control character (general category Cc) occurs.
  private(set) var hasOtherControl = false

  /// Whether the text is more than one line or has any control character.
  var breaksLine: Bool { hasLineFeed || hasTab || hasSeparator || hasOtherControl }

  init(_ text: String) {
    let done: Void? = text.utf8.withContiguousStorageIfAvailable { measure($0) }
    if done == nil { Array(text.utf8).withUnsafeBufferPointer { measure($0) } }
  }

  private mutating func measure(_ bytes: UnsafeBufferPointer<UInt8>) {
    var continuations = 0
    var index = 0
    while index < bytes.count {
      if Self.isPlain(bytes, at: index) {
        index += 8
        continue
      }
      defer { index += 1 }
      let byte = bytes[index]
      if byte & 0xC0 == 0x80 {
        continuations += 1
        if byte <= 0xA9 { noteContinuation(byte, at: index, in: bytes) }
      } else if byte < 0x20 || byte == 0x7F {
        noteControl(byte)
      }
    }
    scalars = bytes.count - continuations
  }

  /// Whether the next eight bytes are ASCII without a control character; most of any text is.
  ///
  /// In one word, because the vector types of the standard library are slower than bytes: the highest
  /// bit of a byte is set in `small` where the byte is below 0x20, and in `deleted` where it is 0x7F.
  private static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
    guard index + 8 <= bytes.count else { return false }
    let word = UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: index, as: UInt64.self)
    let small = (word &- 0x2020_2020_2020_2020) & ~word
    let turned = word ^ 0x7F7F_7F7F_7F7F_7F7F
    let deleted = (turned &- 0x0101_0101_0101_0101) & ~turned
    return (word | small | deleted) & 0x8080_8080_8080_8080 == 0
  }

  private mutating func noteControl(_ byte: UInt8) {
    switch byte {
    case 0x0A: hasLineFeed = true
    case 0x09: hasTab = true
    default: hasOtherControl = true
    }
  }

  /// U+0080-U+009F are C2 80 to C2 9F; U+2028 and U+2029 are E2 80 A8 and E2 80 A9.
  private mutating func noteContinuation(
    _ byte: UInt8, at index: Int, in bytes: UnsafeBufferPointer<UInt8>
  ) {
    let lead = bytes[index - 1]
    if lead == 0xC2, byte < 0xA0 { hasOtherControl = true }
    if lead == 0x80, byte >= 0xA8, index >= 2, bytes[index - 2] == 0xE2 { hasSeparator = true }
  }
}
