/// The rules for what stands before the at sign: an ASCII dot-atom of at most 64 octets.
enum LocalPart {
  static let maximumLength = 64

  static func check(_ bytes: some Collection<UInt8>) throws(AddressingIssue) {
    guard let first = bytes.first else { throw .emailLocalEmpty }
    if first == UInt8(ascii: "\"") { throw .emailLocalQuoted }
    var previous = UInt8(ascii: ".")
    var length = 0
    var issue: AddressingIssue?
    for byte in bytes {
      length += 1
      if byte == UInt8(ascii: ".") {
        if previous == byte { issue = issue ?? .emailLocalDot }
      } else if !ASCIIByte.isAtomText(byte) {
        issue = issue ?? (byte >= 0x80 ? .emailLocalNotASCII : .emailLocalCharacter)
      }
      previous = byte
    }
    if length > maximumLength { throw .emailLocalTooLong }
    if let issue { throw issue }
    if previous == UInt8(ascii: ".") { throw .emailLocalDot }
  }
}
