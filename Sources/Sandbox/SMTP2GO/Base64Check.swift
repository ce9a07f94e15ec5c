/// Checks base64 without building the bytes: attachments are large and nobody reads them here.
enum Base64Check {
  /// The decoded size of standard base64 (RFC 4648, padding required, line breaks allowed).
  ///
  /// - Returns: `nil` when the text is not base64.
  static func decodedSize(_ text: String) -> Int? {
    var text = text
    return text.withUTF8(decodedSize(of:))
  }

  private static func decodedSize(of utf8: UnsafeBufferPointer<UInt8>) -> Int? {
    var digits = 0
    var padding = 0
    for byte in utf8 {
      if byte == UInt8(ascii: "=") {
        padding += 1
      } else if byte.isAlphanumeric || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/") {
        guard padding == 0 else { return nil }
        digits += 1
      } else if byte != 0x0D && byte != 0x0A {
        return nil
      }
    }
    guard padding <= 2, digits % 4 != 1, (digits + padding) % 4 == 0 else { return nil }
    return digits * 3 / 4
  }
}
