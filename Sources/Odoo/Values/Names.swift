/// The technical name of a model, such as `account.move`.
public struct ModelName: Hashable, Sendable, CustomStringConvertible {
  /// The name.
  public let text: String

  /// - Returns: nil for what cannot be a model's name: lower-case words of letters, digits and
  ///   underscores, joined by dots.
  public init?(_ text: String) {
    guard NameRule.isPath(text, longest: 128) else { return nil }
    self.text = text
  }

  /// The name.
  public var description: String { text }
}

/// The technical name of a field, or a path of fields through relations (`stage_id.is_won`).
public struct FieldName: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The name or path.
  public let text: String

  /// - Returns: nil for what cannot be a field's name.
  public init?(_ text: String) {
    guard NameRule.isPath(text, longest: 256) else { return nil }
    self.text = text
  }

  /// True for a field of the model itself.
  public var isPlain: Bool { !text.contains(".") }

  /// The name or path.
  public var description: String { text }

  /// In the order of their text.
  public static func < (left: FieldName, right: FieldName) -> Bool { left.text < right.text }
}

extension ModelName: ExpressibleByStringLiteral {
  /// A name in the program's own text; one that cannot be a name ends the program.
  public init(stringLiteral value: StaticString) {
    guard let name = ModelName("\(value)") else { preconditionFailure("no model name") }
    self = name
  }
}

extension FieldName: ExpressibleByStringLiteral {
  /// A name in the program's own text; one that cannot be a name ends the program.
  public init(stringLiteral value: StaticString) {
    guard let name = FieldName("\(value)") else { preconditionFailure("no field name") }
    self = name
  }
}

/// What Odoo's names are made of. Nothing else gets into a URL, an `order` or a log line.
enum NameRule {
  static func isPath(_ text: String, longest: Int) -> Bool {
    guard !text.isEmpty, text.utf8.count <= longest else { return false }
    return text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy(isWord)
  }

  /// Custom fields and modules may begin with `x_` and hold capitals; nothing may be private.
  static func isWord(_ word: Substring) -> Bool {
    guard let first = word.utf8.first, isLetter(first) else { return false }
    return word.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte)
  }
}
