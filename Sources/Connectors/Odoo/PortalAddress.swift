import Foundation

/// Where the portal shows a record.
struct PortalAddress: Hashable, Sendable {
  /// The whole address.
  let url: String
  /// Below the server's own address; nil where it leads elsewhere.
  let path: String?

  /// - Parameters:
  ///   - text: as Odoo says it: a path, or a whole address.
  ///   - base: the server's address, without a slash at its end.
  /// - Returns: nil for what is neither.
  init?(_ text: String, base: String) {
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), text.contains("access_token=") else {
      return nil
    }
    if text.hasPrefix("/"), !text.hasPrefix("//") {
      (url, path) = (base + text, text)
    } else if text.hasPrefix("https://") || text.hasPrefix("http://") {
      url = text
      path = text.hasPrefix(base + "/") ? String(text.dropFirst(base.count)) : nil
    } else {
      return nil
    }
    guard URLComponents(string: url)?.host?.isEmpty == false,
      url.hasPrefix("https://") || ProviderAddress(url).isLoopback
    else { return nil }
    self.base = base
  }

  private let base: String

  /// - Parameter hosts: empty: the server's own.
  func isAllowed(_ hosts: [String]) -> Bool {
    guard let host = URLComponents(string: url)?.host?.lowercased() else { return false }
    let own = URLComponents(string: base)?.host?.lowercased()
    return hosts.isEmpty ? host == own : hosts.contains { $0.lowercased() == host }
  }
}
