/// Who made a proposal or took a decision, such as `person:local:ann` or `system:analyzer`.
///
/// It is taken from the caller's credentials, never from a document.
public struct Author: RawRepresentable, Hashable, Sendable {
  /// What kind of author it is.
  public enum Kind: String, CaseIterable, Sendable {
    case person, system, agent
  }

  /// The kind, which the text begins with.
  public let kind: Kind
  /// Kind, colon, name.
  public let rawValue: String

  /// The author of the text, or nil where it is not a kind, a colon and a name (1-200 characters
  /// in all, no control characters).
  public init?(rawValue: String) {
    guard rawValue.isLine(upTo: 200), let colon = rawValue.firstIndex(of: ":"),
      let kind = Kind(rawValue: String(rawValue[..<colon])),
      rawValue.index(after: colon) < rawValue.endIndex
    else { return nil }
    self.kind = kind
    self.rawValue = rawValue
  }

  /// The author of a kind and a name.
  public init?(_ kind: Kind, _ name: String) { self.init(rawValue: kind.rawValue + ":" + name) }
}
