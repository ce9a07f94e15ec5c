import ActionProtocol

/// The short name under which a person signs in and stands in records: 1 to 40 small letters, digits,
/// `-`, `_` and `.`, beginning with a letter. It is given once and never used again for somebody else.
public struct PersonID: RawRepresentable, Hashable, Comparable, Sendable {
  /// As it is typed: `ann`.
  public let rawValue: String

  /// What ``init(rawValue:)`` takes, in words.
  public static let rule =
    "must be 1 to 40 small letters, digits, '-', '_' or '.', beginning with a letter"

  /// The id of the text, or nil where it breaks the rule.
  public init?(rawValue: String) {
    let bytes = rawValue.utf8
    guard (1...40).contains(bytes.count), let first = bytes.first, (0x61...0x7A).contains(first),
      bytes.allSatisfy(Self.isAllowed)
    else { return nil }
    self.rawValue = rawValue
  }

  /// How the person stands in records: `person:ann`. No colon follows, so it is never mistaken for
  /// `person:local:…`, whoever runs the command line of an installation without persons.
  public var author: Author? { Author(.person, rawValue) }

  /// The person of an author; nil for agents, the system and a local login.
  public init?(_ author: Author) {
    guard author.kind == .person else { return nil }
    self.init(rawValue: String(author.rawValue.dropFirst("person:".count)))
  }

  public static func < (left: PersonID, right: PersonID) -> Bool { left.rawValue < right.rawValue }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x5F
      || byte == 0x2E
  }
}
