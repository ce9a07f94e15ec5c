import NIOCore

/// RFC 2047 encoded words in UTF-8, for header texts without structure.
enum EncodedWords {
  /// The most characters of one word. RFC 2047 section 2 allows 75 and lines of 76, on which a
  /// header's name must fit as well.
  private static let longest = 60
  /// Longer runs without a space could not be folded.
  private static let longestRun = 900

  /// The text as it is where it is plain ASCII that a mail reader shows so, otherwise encoded.
  static func encodedIfNeeded(_ text: String) -> String {
    isNeeded(text) ? encode(text) : text
  }

  static func isNeeded(_ text: String) -> Bool {
    text.utf8.contains { $0 >= 0x80 } || text.contains("=?") || text.hasPrefix(" ")
      || text.hasSuffix(" ") || text.contains("  ")
      || text.utf8.split(separator: 0x20).contains { $0.count > longestRun }
  }

  /// Words separated by single spaces, which a reader drops; split between code points.
  static func encode(_ text: String) -> String {
    var words: [String] = []
    var current: [UInt8] = []
    for scalar in text.unicodeScalars {
      let bytes = Array(String(scalar).utf8)
      if !current.isEmpty, Base64.length(of: current.count + bytes.count) > longest - 12 {
        words.append(word(current))
        current = []
      }
      current += bytes
    }
    words.append(word(current))
    return words.joined(separator: " ")
  }

  private static func word(_ bytes: [UInt8]) -> String {
    var buffer = ByteBuffer()
    Base64.write(bytes, into: &buffer)
    return "=?UTF-8?B?\(String(buffer: buffer))?="
  }
}
