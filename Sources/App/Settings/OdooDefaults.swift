import Foundation

/// The installation's Odoo (`ODOO_*`); an organisation's own settings win.
struct OdooDefaults: Sendable {
  var url: String?
  var database: String?
  var user: String?
  /// The API key; a secret.
  var key: String?
}

extension OdooDefaults: CustomStringConvertible, CustomReflectable {
  /// The type's name only.
  var description: String { "OdooDefaults(redacted)" }
  /// Without children: one is a secret.
  var customMirror: Mirror { Mirror(self, children: []) }
}

/// The rule for addresses of an Odoo.
enum OdooAddress {
  static func problem(with text: String) -> String? {
    guard let url = URL(string: text), let scheme = url.scheme?.lowercased(),
      scheme == "http" || scheme == "https", let host = url.host, !host.isEmpty
    else { return "is not an address such as https://acme.odoo.com" }
    if url.user != nil || url.password != nil { return "must not contain a password" }
    if url.query != nil || url.fragment != nil { return "must end with the path" }
    return scheme == "http" && !ProviderAddress.isLoopback(url)
      ? "must begin with https://" : nil
  }
}

/// The rule for names of databases and logins.
enum OdooName {
  static let rule = "must be 1 to 200 characters without control characters"

  static func accepts(_ text: String) -> Bool {
    (1...200).contains(text.unicodeScalars.count)
      && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
  }
}
