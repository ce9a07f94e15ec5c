/// The path of a route: fixed parts, and at most one `{token}` at the end.
struct RouteTemplate: Hashable, Sendable {
  /// As it stands in the table and in logs: `/u/{token}`.
  let text: String
  private let parts: [Substring]
  private let endsWithToken: Bool

  private static let token: Substring = "{token}"

  init(_ text: String) {
    self.text = text
    let all = text.split(separator: "/")
    endsWithToken = all.last == Self.token
    parts = endsWithToken ? all.dropLast() : all
  }

  /// The token of a path that fits, empty where the template has none; nil where it does not fit.
  ///
  /// The token is not decoded: ours are letters, digits, `-` and `_`, and anything else is nobody's.
  func match(_ path: String) -> String? {
    guard path.utf8.first == UInt8(ascii: "/") else { return nil }
    var given = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    guard given.count == parts.count + (endsWithToken ? 1 : 0) else { return nil }
    guard endsWithToken else { return given.elementsEqual(parts) ? "" : nil }
    guard let last = given.popLast(), !last.isEmpty, given.elementsEqual(parts) else { return nil }
    return String(last)
  }
}
