/// Values that stand in examples and mean nothing.
enum Placeholder {
  private static let known: Set<String> = [
    "your-api-key-here", "api-your-actual-key-here", "your_api_key_here", "changeme", "change-me",
  ]

  /// Whether a value counts as unset: empty, an example's text, or `<…>`.
  static func matches(_ value: String) -> Bool {
    let text = value.lowercased()
    if text.isEmpty || known.contains(text) { return true }
    if text.hasPrefix("<"), text.hasSuffix(">") { return true }
    // The example's sender; nobody's domain.
    return text.hasSuffix("@yourdomain.com") || text.hasSuffix("@yourdomain.com>")
  }
}
