/// How a file's bytes become text.
public enum TextEncoding: String, CaseIterable, Sendable {
  case utf8 = "utf-8"
  case windows1252 = "windows-1252"
  case latin1 = "iso-8859-1"

  /// The text of the bytes, nil where the bytes are not of the encoding.
  func decode(_ bytes: some Collection<UInt8>) -> String? {
    switch self {
    case .utf8: return String(validating: bytes, as: UTF8.self)
    case .latin1: return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    case .windows1252:
      var scalars = String.UnicodeScalarView()
      for byte in bytes {
        guard let scalar = Self.windows(byte) else { return nil }
        scalars.append(scalar)
      }
      return String(scalars)
    }
  }

  /// Windows-1252 is Latin-1 but for 0x80-0x9F, of which five are nothing.
  private static func windows(_ byte: UInt8) -> Unicode.Scalar? {
    guard (0x80...0x9F).contains(byte) else { return Unicode.Scalar(byte) }
    let scalar = special[Int(byte) - 0x80]
    return scalar == "\u{FFFD}" ? nil : scalar
  }

  private static let special = Array(
    "€\u{FFFD}‚ƒ„…†‡ˆ‰Š‹Œ\u{FFFD}Ž\u{FFFD}\u{FFFD}‘’“”•–—˜™š›œ\u{FFFD}žŸ".unicodeScalars)

  /// What to say when bytes are not of the encoding.
  func failure(line: Int) -> LedgerFileError {
    LedgerFileError(
      "file.encoding", line: line, "The text is not \(rawValue).",
      remedy: "Save the file as UTF-8, or name its encoding: --encoding "
        + Self.allCases.filter { $0 != self }.map(\.rawValue).joined(separator: " or ") + ".")
  }

  /// Skips a UTF-8 byte order mark and refuses those of UTF-16.
  static func skipMark(_ cursor: inout ByteCursor) throws {
    let first = Array(try cursor.lookahead().prefix(3))
    if first == [0xEF, 0xBB, 0xBF] { return try cursor.skip(3) }
    if first.starts(with: [0xFF, 0xFE]) || first.starts(with: [0xFE, 0xFF]) {
      throw LedgerFileError(
        "file.encoding", line: 1, "The file is UTF-16.",
        remedy: "Save it as UTF-8 (in Excel: CSV UTF-8).")
    }
  }
}
