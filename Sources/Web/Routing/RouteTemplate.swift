/// The path of a route: fixed parts, and at most one variable part such as `{token}`.
struct RouteTemplate: Hashable, Sendable {
  /// As it stands in the table and in logs: `/u/{token}`.
  let text: String
  private let parts: [Substring]
  private let variable: Int?

  init(_ text: String) {
    self.text = text
    parts = text.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    variable = parts.firstIndex { $0.hasPrefix("{") && $0.hasSuffix("}") }
  }

  /// Whether people open it in a browser.
  var isPage: Bool { !text.hasPrefix("/api/") }

  /// The variable part of a path that fits, empty where the template has none; nil where it does not
  /// fit.
  ///
  /// It is not decoded: ours are letters, digits, `-`, `_` and `.`, and anything else is nobody's.
  func match(_ path: String) -> String? {
    guard path.utf8.first == UInt8(ascii: "/") else { return nil }
    let given = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    guard given.count == parts.count else { return nil }
    for index in parts.indices where index != variable {
      guard given[index] == parts[index] else { return nil }
    }
    guard let variable else { return "" }
    return given[variable].isEmpty ? nil : String(given[variable])
  }
}
