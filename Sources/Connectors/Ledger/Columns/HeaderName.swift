import Foundation

/// A column's name as far as it matters: lower case letters and digits, without accents, spaces and
/// punctuation, so that `Invoice No.`, `invoice_no` and `InvoiceNo` are one.
struct HeaderName: Hashable, Sendable, ExpressibleByStringLiteral {
  let text: String
  /// As it was given, for messages; without meaning otherwise.
  let written: String

  static func == (left: HeaderName, right: HeaderName) -> Bool { left.text == right.text }

  func hash(into hasher: inout Hasher) { hasher.combine(text) }

  init(_ name: String) {
    written = name
    var text = String.UnicodeScalarView()
    for scalar in name.lowercased().decomposedStringWithCanonicalMapping.unicodeScalars
    where scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
      text.append(scalar)
    }
    self.text = String(text).replacing("ß", with: "ss")
  }

  init(stringLiteral name: String) { self.init(name) }
}
