import Addressing

/// The Message-ID of a mail: `<left@right>`.
public struct MessageID: Hashable, Sendable {
  /// With its angle brackets, as it stands in the header.
  public let rawValue: String

  /// Takes an id with or without angle brackets: one at sign, on both sides letters, digits and
  /// the signs of RFC 5322 `dot-atom`, on the right also a literal in square brackets; at most 250
  /// characters.
  ///
  /// - Throws: `message_id.shape`.
  public init(_ text: String) throws(AddressingIssue) {
    var text = text[...]
    if text.hasPrefix("<"), text.hasSuffix(">") { text = text.dropFirst().dropLast() }
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, text.utf8.count <= 248, Self.isDotAtom(parts[0]),
      Self.isDotAtom(parts[1]) || Self.isLiteral(parts[1])
    else { throw .messageIDShape }
    rawValue = "<\(text)>"
  }

  private static func isDotAtom(_ text: Substring) -> Bool {
    !text.isEmpty && !text.hasPrefix(".") && !text.hasSuffix(".")
      && text.utf8.allSatisfy { isAtom($0) || $0 == UInt8(ascii: ".") }
  }

  private static func isLiteral(_ text: Substring) -> Bool {
    text.hasPrefix("[") && text.hasSuffix("]") && text.utf8.count > 2
      && text.utf8.dropFirst().dropLast().allSatisfy {
        isAtom($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":")
      }
  }

  private static func isAtom(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }
  }
}

extension MessageID: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The type's name only: the right side names a domain.
  public var description: String { "MessageID(redacted)" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension AddressingIssue {
  fileprivate static let messageIDShape = AddressingIssue(
    code: "message_id.shape", message: "The text is not a Message-ID.",
    remedy: "Write <something-unique@your-domain.example>.")
}
