import Foundation

/// RFC 2047 encoded words in UTF-8, for header texts that are not plain ASCII.
enum EncodedWord {
  /// True where a text holds anything but ASCII, or would itself be read as an encoded word.
  static func isNeeded(_ text: String) -> Bool {
    text.utf8.contains { $0 >= 0x80 } || text.contains("=?")
  }

  /// One or more encoded words of at most 75 characters, split between code points.
  static func encode(_ text: String) -> String {
    let plain = text.utf8.count { isPlain($0) || $0 == 0x20 }
    let useQ = plain * 2 >= text.utf8.count
    var words: [String] = []
    var current: [UInt8] = []
    for scalar in text.unicodeScalars {
      let bytes = Array(String(scalar).utf8)
      if !current.isEmpty, length(current + bytes, q: useQ) > 75 - 12 {
        words.append(word(current, q: useQ))
        current = []
      }
      current += bytes
    }
    if !current.isEmpty { words.append(word(current, q: useQ)) }
    return words.joined(separator: " ")
  }

  private static func length(_ bytes: [UInt8], q: Bool) -> Int {
    if !q { return (bytes.count + 2) / 3 * 4 }
    return bytes.reduce(0) { $0 + (isPlain($1) || $1 == 0x20 ? 1 : 3) }
  }

  private static func word(_ bytes: [UInt8], q: Bool) -> String {
    q ? "=?UTF-8?Q?\(quoted(bytes))?=" : "=?UTF-8?B?\(Data(bytes).base64EncodedString())?="
  }

  private static func quoted(_ bytes: [UInt8]) -> String {
    let hex = Array("0123456789ABCDEF".utf8)
    var output: [UInt8] = []
    for byte in bytes {
      if byte == 0x20 {
        output.append(UInt8(ascii: "_"))
      } else if isPlain(byte) {
        output.append(byte)
      } else {
        output += [UInt8(ascii: "="), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// What may stand in a Q word inside a phrase (RFC 2047 section 5, rule 3).
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: [0x21, 0x2A, 0x2B, 0x2D, 0x2F].contains(byte)
    }
  }
}
