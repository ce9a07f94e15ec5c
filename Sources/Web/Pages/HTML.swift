/// Writes HTML. Text and attribute values are escaped by construction: markup comes only from
/// literals in the source.
struct HTML: Sendable {
  private(set) var bytes: [UInt8] = []

  /// Markup as it stands in the source.
  mutating func markup(_ literal: StaticString) {
    literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  /// An element with text in it.
  mutating func element(
    _ name: StaticString, _ attributes: [(StaticString, String)] = [], text: String
  ) {
    element(name, attributes) { $0.text(text) }
  }

  /// An element with others in it.
  mutating func element(
    _ name: StaticString, _ attributes: [(StaticString, String)] = [],
    _ content: (inout HTML) -> Void
  ) {
    open(name, attributes)
    content(&self)
    markup("</")
    markup(name)
    markup(">")
  }

  /// An element that cannot contain any: `meta`, `input`.
  mutating func open(_ name: StaticString, _ attributes: [(StaticString, String)] = []) {
    markup("<")
    markup(name)
    for (attribute, value) in attributes {
      markup(" ")
      markup(attribute)
      markup("=\"")
      text(value)
      markup("\"")
    }
    markup(">")
  }

  /// Text, in an element or between the quotes of an attribute.
  mutating func text(_ text: String) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): markup("&amp;")
      case UInt8(ascii: "<"): markup("&lt;")
      case UInt8(ascii: ">"): markup("&gt;")
      case UInt8(ascii: "\""): markup("&quot;")
      case UInt8(ascii: "'"): markup("&#39;")
      default: bytes.append(byte)
      }
    }
  }
}
