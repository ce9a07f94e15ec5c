/// What of a foreign answer may be repeated in a log. An answer can hold anything, also in the
/// places of ids and codes; what does not look like one is not repeated.
enum SafeText {
  /// A UUID, which is what the provider's request ids are.
  static func requestID(_ text: String) -> String? {
    let groups = text.split(separator: "-", omittingEmptySubsequences: false)
    guard groups.map(\.utf8.count) == [8, 4, 4, 4, 12],
      groups.joined().utf8.allSatisfy(isHex)
    else { return nil }
    return text
  }

  /// Capital letters, digits and underscores, such as `API_EXCEPTION`.
  static func code(_ text: String) -> String? {
    guard let first = text.utf8.first, (0x41...0x5A).contains(first), text.utf8.count <= 64,
      text.utf8.allSatisfy({ isCapitalOrDigit($0) || $0 == 0x5F })
    else { return nil }
    return text
  }

  private static func isHex(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
    default: false
    }
  }

  private static func isCapitalOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
  }
}
