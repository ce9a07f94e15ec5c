/// The rules for what stands before the at sign: an ASCII dot-atom of at most 64 octets.
enum LocalPart {
  static func check(_ text: String) throws(AddressingIssue) {
    if text.isEmpty { throw .emailLocalEmpty }
    if text.hasPrefix("\"") { throw .emailLocalQuoted }
    if text.utf8.count > 64 { throw .emailLocalTooLong }
    var previous = UInt8(ascii: ".")
    for byte in text.utf8 {
      if byte >= 0x80 { throw .emailLocalNotASCII }
      if byte == UInt8(ascii: ".") {
        if previous == byte { throw .emailLocalDot }
      } else if !isAtomText(byte) {
        throw .emailLocalCharacter
      }
      previous = byte
    }
    if previous == UInt8(ascii: ".") { throw .emailLocalDot }
  }

  /// `atext` of RFC 5322 section 3.2.3.
  static func isAtomText(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default:
      marks.contains(byte)
    }
  }

  private static let marks = Set("!#$%&'*+-/=?^_`{|}~".utf8)
}
