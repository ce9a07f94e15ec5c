/// The rule for every text that becomes part of a mail header.
public enum HeaderText {
  /// Refuses a text that could end a header line or hide in one.
  ///
  /// Refused are all control characters (C0 with CR, LF, NUL and tab, DEL, C1) and the Unicode
  /// line and paragraph separators, so that no value can start a second header.
  ///
  /// - Throws: `header.line_break` for CR, LF and the Unicode separators, `header.control` for
  ///   every other control character.
  public static func check(_ text: String) throws(AddressingIssue) {
    if text.utf8.allSatisfy({ $0 < 0x80 && !ASCIIByte.isControl($0) }) { return }
    for scalar in text.unicodeScalars where isForbidden(scalar) {
      throw isLineBreak(scalar) ? lineBreak : control
    }
  }

  static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F, 0x2028, 0x2029: true
    default: false
    }
  }

  private static func isLineBreak(_ scalar: Unicode.Scalar) -> Bool {
    [0x0A, 0x0D, 0x85, 0x2028, 0x2029].contains(scalar.value)
  }

  private static let lineBreak = AddressingIssue(
    code: "header.line_break", message: "The text contains a line break.",
    remedy: "Write it on one line; a header cannot carry a line break.")

  private static let control = AddressingIssue(
    code: "header.control", message: "The text contains a control character.",
    remedy: "Remove tabs and other invisible control characters.")
}
