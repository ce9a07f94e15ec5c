/// A name that a template may use.
public struct TemplateVariable: Hashable, Sendable {
  /// What stands behind a name.
  public enum Kind: Hashable, Sendable {
    /// Text on one line, never empty: `{{name}}`.
    case text
    /// True or false: `{{#name}}…{{/name}}`, `{{^name}}…{{/name}}`.
    case flag
    /// Repeats a section, once per entry, with names of its own.
    case list([TemplateVariable])
  }

  /// Lower-case letters, digits and underscores.
  public let name: String
  public let kind: Kind
  /// What it holds, for those who write templates.
  public let meaning: String

  public init(_ name: String, _ kind: Kind, _ meaning: String) {
    self.name = name
    self.kind = kind
    self.meaning = meaning
  }

  /// A text.
  public init(_ name: String, _ meaning: String) { self.init(name, .text, meaning) }
}

/// A template's contract: what it is for and which names it may use.
public struct TemplateDefinition: Hashable, Sendable {
  public let name: String
  /// One sentence.
  public let purpose: String
  public let variables: [TemplateVariable]
}
