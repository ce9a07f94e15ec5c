/// A parameter of a structured header, such as a file's name.
enum MIMEParameter {
  private static let hex = Array("0123456789ABCDEF")

  /// `Name: value; parameter="text"`, or in the form of RFC 2231 where the text is not short ASCII,
  /// or has quotation marks or backslashes, which not every reader takes apart rightly.
  static func header(
    _ name: String, _ value: String, _ parameter: String, _ text: String
  ) -> String {
    if text.utf8.count <= 60, text.utf8.allSatisfy(isQuotable) {
      return "\(name): \(value);\r\n \(parameter)=\"\(text)\""
    }
    let sections = sections(text)
    let isSingle = sections.count == 1
    let lines = sections.enumerated().map { index, section in
      let charset = index == 0 ? "UTF-8''" : ""
      let number = isSingle ? "" : "*\(index)"
      return " \(parameter)\(number)*=\(charset)\(section)"
    }
    return "\(name): \(value);\r\n" + lines.joined(separator: ";\r\n")
  }

  private static func isQuotable(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  /// The text with percent signs, in pieces of at most 50 characters, split between characters.
  private static func sections(_ text: String) -> [String] {
    var (sections, current) = ([String](), "")
    for scalar in text.unicodeScalars {
      let next = String(scalar).utf8.map(encoded).joined()
      if current.utf8.count + next.utf8.count > 50 {
        sections.append(current)
        current = ""
      }
      current += next
    }
    return sections + [current]
  }

  private static func encoded(_ byte: UInt8) -> String {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
      String(Unicode.Scalar(byte))
    default: "%\(hex[Int(byte >> 4)])\(hex[Int(byte & 15)])"
    }
  }
}
