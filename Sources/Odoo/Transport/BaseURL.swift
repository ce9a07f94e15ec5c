import Foundation
import NIOCore

/// Where the server is: https, or http on loopback.
enum BaseURL {
  /// The address without a slash at its end.
  static func checked(_ text: String) throws(OdooClient.ConfigurationIssue) -> String {
    guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
      let host = parts.host, !host.isEmpty, parts.query == nil, parts.fragment == nil,
      parts.user == nil, parts.password == nil, scheme == "https" || scheme == "http"
    else { throw .baseURLInvalid }
    if scheme == "http", !isLoopback(host) { throw .baseURLInsecure }
    var base = Substring(text)
    while base.hasSuffix("/") { base.removeLast() }
    return String(base)
  }

  private static func isLoopback(_ host: String) -> Bool {
    if host == "localhost" || host == "::1" || host == "[::1]" { return true }
    guard let address = try? SocketAddress(ipAddress: host, port: 0) else { return false }
    return address.protocol == .inet && host.hasPrefix("127.")
  }
}
