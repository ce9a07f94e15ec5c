/// An address or a domain to which the provider sends nothing. Every field but the address may be
/// missing.
public struct Suppression: Sendable, Hashable {
  /// Why the provider suppresses. Unknown reasons are kept as they come.
  public struct Reason: RawRepresentable, Hashable, Sendable {
    /// The provider's word, lower case.
    public let rawValue: String

    /// Wraps the provider's word.
    public init(rawValue: String) {
      self.rawValue = rawValue.lowercased()
    }

    /// Put there by a person or a program.
    public static let manual = Reason(rawValue: "manual")
    /// The recipient reported a message as spam.
    public static let spam = Reason(rawValue: "spam")
    /// The recipient unsubscribed.
    public static let unsubscribe = Reason(rawValue: "unsubscribe")
    /// A hard bounce.
    public static let bounce = Reason(rawValue: "bounce")
    /// The provider's own decision.
    public static let compliance = Reason(rawValue: "compliance")
  }

  /// The address or domain, as the provider writes it.
  public var emailAddress: String
  /// Why.
  public var reason: Reason?
  /// What was noted when it was put there.
  public var blockDescription: String?
  /// The complaint's text.
  public var complaint: String?
  /// The subject of the message that led to it.
  public var subject: String?
  /// Since when.
  public var timestamp: VendorTime?
}

/// What became of putting an address on the list.
public struct SuppressionAddition: Sendable, Hashable {
  /// True where it was put there, false where it was not, nil where the provider does not say.
  public var isAdded: Bool?
  /// The address or domain, as the provider writes it.
  public var emailAddress: String?
  /// The note beside it.
  public var blockDescription: String?
}

/// What became of taking an address off the list for one reason.
public struct SuppressionRemoval: Sendable, Hashable {
  /// The address or domain, as the provider writes it.
  public var emailAddress: String?
  /// The reason that was removed.
  public var reason: Suppression.Reason?
  /// False where that reason had not been set; nil where the provider does not say.
  public var isRemoved: Bool?
}

/// One page of suppressions.
public struct SuppressionPage: Sendable, Hashable {
  /// The entries, in the provider's order.
  public var results: [Suppression]
  /// How many the whole query has, where told.
  public var totalResults: Int?
  /// Where to go on; nil on the last page.
  public var continueToken: String?
}

extension Suppression {
  init?(_ json: JSON) {
    guard let address = json.first("email_address", "email")?.nonEmptyText else { return nil }
    self.init(
      emailAddress: address,
      reason: json.first("reason")?.nonEmptyText.map { Reason(rawValue: $0) },
      blockDescription: json.first("block_description")?.nonEmptyText,
      complaint: json.first("complaint")?.nonEmptyText,
      subject: json.first("subject")?.nonEmptyText,
      timestamp: VendorTime(json.first("timestamp")))
  }
}

extension Suppression: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The type's name only.
  public var description: String { "Suppression(redacted)" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children: one is an address.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension SuppressionAddition: CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// Whether it was added.
  public var description: String {
    "SuppressionAddition(added: \(isAdded.map { String($0) } ?? "?"))"
  }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children: one is an address.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension SuppressionRemoval: CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// Whether it was removed.
  public var description: String {
    "SuppressionRemoval(removed: \(isRemoved.map { String($0) } ?? "?"))"
  }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children: one is an address.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension SuppressionPage: CustomStringConvertible, CustomReflectable {
  /// How many entries it holds.
  public var description: String { "SuppressionPage(\(results.count))" }
  /// Without children: entries name addresses.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
