import Foundation

/// Where a webhook may be posted: to this machine and nowhere else.
struct LoopbackAddress: Sendable, Equatable {
  /// Without user and password.
  var url: String
  /// `user:password` in base64, when the address carried them.
  var basicCredential: String?

  /// - Returns: `nil` for every host but `localhost`, `127.0.0.0/8` and `::1`, written as such. A
  ///   name that some resolver leads here is refused: the answer may be another the next time.
  init?(_ text: String) {
    guard var parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
      scheme == "http" || scheme == "https", let host = parts.host, Self.isLoopback(host)
    else { return nil }
    if let user = parts.user {
      basicCredential = Data("\(user):\(parts.password ?? "")".utf8).base64EncodedString()
      parts.user = nil
      parts.password = nil
    }
    guard let url = parts.string else { return nil }
    self.url = url
  }

  static func isLoopback(_ host: String) -> Bool {
    let host = host.lowercased().trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
    if host == "localhost" || host == "::1" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.first == "127"
      && parts.allSatisfy { $0.allSatisfy(\.isASCII) && UInt8($0) != nil }
  }
}
