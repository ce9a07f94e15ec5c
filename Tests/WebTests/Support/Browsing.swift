import Foundation

@testable import Web

/// Requests as a browser sends them, with a session and without scripts.
enum Browsing {
  static func fields(_ session: String) -> [String] {
    ["Cookie: aiom_local=\(session)", "Origin: http://localhost", "Accept: text/html"]
  }

  /// The body of a form with the session's token.
  static func form(_ session: String, _ pairs: [(String, String)]) -> String {
    (pairs + [("form_token", FormToken.of(session))]).map { name, value in
      let allowed = CharacterSet.alphanumerics
      return "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")"
    }.joined(separator: "&")
  }
}
