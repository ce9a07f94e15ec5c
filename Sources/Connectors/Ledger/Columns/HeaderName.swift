import Foundation

/// A column's name as far as it matters: lower case letters and digits, without accents, spaces and
/// punctuation, so that `Invoice No.`, `invoice_no` and `InvoiceNo` are one.
struct HeaderName: Hashable, Sendable, ExpressibleByStringLiteral {
  let text: String

  init(_ name: String) {
    var text = String.UnicodeScalarView()
    for scalar in name.lowercased().decomposedStringWithCanonicalMapping.unicodeScalars
    where scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
      text.append(scalar)
    }
    self.text = String(text).replacing("ß", with: "ss")
  }

  init(stringLiteral name: String) { self.init(name) }
}
