/// Which Odoo answers.
public struct ServerVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// 14, 19 and so on.
  public let major: Int
  /// 0 for yearly releases, 1 and more for those between them.
  public let minor: Int

  /// Builds a version.
  public init(major: Int, minor: Int = 0) {
    self.major = major
    self.minor = minor
  }

  /// From `server_version_info` (`[19, 0, 0, "final", 0, ""]`; between the yearly releases the first
  /// element may be a text such as `saas~19`).
  init?(info: OdooJSON?) {
    guard let parts = info?.elements, let first = parts.first,
      let major = first.integer ?? first.text.flatMap(Self.trailingNumber),
      (1...99).contains(major)
    else { return nil }
    self.init(major: major, minor: parts.dropFirst().first?.integer ?? 0)
  }

  /// `19.0`.
  public var description: String { "\(major).\(minor)" }

  /// The older first.
  public static func < (left: ServerVersion, right: ServerVersion) -> Bool {
    (left.major, left.minor) < (right.major, right.minor)
  }

  /// JSON-2 exists.
  var hasJSON2: Bool { major >= 19 }
  /// `message_post` escapes plain text and knows `body_is_html`.
  var notesAreEscaped: Bool { major >= 17 }
  /// `has_access` took the place of `check_access_rights`.
  var hasHasAccess: Bool { major >= 18 }

  private static func trailingNumber(_ text: String) -> Int? {
    text.split(separator: "~").last.flatMap { Int($0) }
  }
}

/// What was found out at the start.
public struct ServerFacts: Sendable, Hashable {
  /// Which Odoo answers.
  public let version: ServerVersion
  /// The id of the user in `res.users`.
  public let userID: Int
  /// Which interface is used.
  public let wire: WireProtocol
}
