/// Whether a list of permissions covers an endpoint.
public enum KeyPermissions {
  /// True where one entry names the endpoint or is a pattern for it: keys may hold `*` for
  /// everything and `/email/*` for everything below.
  ///
  /// - Parameter endpoint: Such as `/email/send`.
  public static func allow(_ endpoint: String, in list: [String]) -> Bool {
    list.contains { entry in
      if entry == endpoint || entry == "*" || entry == "/*" { return true }
      return entry.hasSuffix("/*") && endpoint.hasPrefix(entry.dropLast())
    }
  }
}
