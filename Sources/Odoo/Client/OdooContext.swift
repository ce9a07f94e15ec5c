/// In which language, for which companies and with what in sight a call is made.
public struct OdooContext: Sendable, Hashable {
  /// A language code that is installed there (`en_US`); nil: the user's own is not sent.
  public var language: String?
  /// The zone in which the server reads texts of times given to `load`; nil sends none.
  public var timeZone: String?
  /// False: searches find archived records too. Nil: they do not.
  public var activeTest: Bool?
  /// The companies whose records are in sight; nil: all that the user may see by default.
  public var allowedCompanies: [Int]?
  /// What else a method reads from its context.
  public var more: [String: OdooJSON]

  /// Builds a context; times are UTC unless said otherwise.
  public init(
    language: String? = nil, timeZone: String? = "UTC", activeTest: Bool? = nil,
    allowedCompanies: [Int]? = nil, more: [String: OdooJSON] = [:]
  ) {
    self.language = language
    self.timeZone = timeZone
    self.activeTest = activeTest
    self.allowedCompanies = allowedCompanies
    self.more = more
  }

  /// Nothing at all: as the server does it for this user.
  public static let none = OdooContext(timeZone: nil)

  /// The same, with archived records in sight.
  public var includingArchived: OdooContext {
    var context = self
    context.activeTest = false
    return context
  }

  /// The same, with times read as UTC, whatever it said before.
  var inUTC: OdooContext {
    var context = self
    context.timeZone = "UTC"
    return context
  }

  /// Nil where it is empty.
  var json: OdooJSON? {
    var members = more
    if let language { members["lang"] = .string(language) }
    if let timeZone { members["tz"] = .string(timeZone) }
    if let activeTest { members["active_test"] = .bool(activeTest) }
    if let allowedCompanies {
      members["allowed_company_ids"] = .array(allowedCompanies.map { .int($0) })
    }
    return members.isEmpty ? nil : .object(members)
  }
}

extension OdooContext: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The type's name only.
  public var description: String { "OdooContext(redacted)" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
