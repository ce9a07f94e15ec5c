/// A secret key of the provider's API. It prints as redacted everywhere.
public struct APIKey: Hashable, Sendable {
  private let text: String

  /// Wraps a key as the operator wrote it; surrounding ASCII white space is dropped.
  public init(_ text: String) {
    var scalars = text.unicodeScalars[...]
    while let first = scalars.first, Self.isSpace(first) { scalars.removeFirst() }
    while let last = scalars.last, Self.isSpace(last) { scalars.removeLast() }
    self.text = String(scalars)
  }

  /// The secret itself, for the request header and nothing else.
  public func unredacted() -> String { text }

  /// The name under which the key appears in reports and webhooks: its first 16 characters.
  public var username: String { String(text.prefix(16)) }

  /// True for `api-` and 32 letters or digits. Keys of another shape are not refused, because the
  /// shape is nowhere promised; whoever shows the configuration warns.
  public var hasKnownFormat: Bool {
    text.hasPrefix("api-") && text.utf8.count == 36
      && text.utf8.dropFirst(4).allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
      }
  }

  /// True where the key can stand in a header: not empty, visible ASCII only.
  var isSendable: Bool {
    !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    [0x20, 0x09, 0x0A, 0x0D].contains(scalar.value)
  }
}

extension APIKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Redacted.
  public var description: String { "APIKey(redacted)" }
  /// Redacted like `description`.
  public var debugDescription: String { description }
  /// Without children, so that `dump` shows nothing either.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
