import Addressing
import Connectors
import Foundation
import Web

/// One row of the documented table: everything there is to know about a setting.
struct SettingRow: Sendable {
  /// How a value is read.
  enum Kind: Sendable {
    case path
    /// The address of a PostgreSQL.
    case databaseURL
    case word([String])
    case integer(ClosedRange<Int>)
    case email
    /// An e-mail address with a name, as mail programs write it.
    case mailbox
    case phone
    /// A phone number that is left out with a warning where it is none.
    case optionalPhone
    /// How customers opt out of SMS.
    case optOut
    case organisation
    case apiKey
    case url
    /// An address and port to listen at, or `off`.
    case listen
    /// Names under which a listener is called.
    case hostNames
    /// Addresses and ranges of proxies.
    case proxies
    case publicURL
    /// The address of an Odoo.
    case odooURL
    /// A name without spaces around it, in one line.
    case line
  }

  let key: SettingKey
  let kind: Kind
  /// The default, as a person reads it; nil: none.
  let fallback: String?
  /// What is allowed.
  let range: String
  let isSecret: Bool
  let meaning: String

  init(
    _ key: SettingKey, _ kind: Kind, default fallback: String? = nil, range: String,
    secret: Bool = false, _ meaning: String
  ) {
    self.key = key
    self.kind = kind
    self.fallback = fallback
    self.range = range
    self.isSecret = secret
    self.meaning = meaning
  }

  /// The type's name in tables.
  var typeName: String {
    switch kind {
    case .path: "path"
    case .databaseURL: "address"
    case .word: "word"
    case .integer: "number"
    case .email: "e-mail address"
    case .mailbox: "sender"
    case .phone, .optionalPhone: "phone number"
    case .optOut: "word or sentence"
    case .organisation: "organisation"
    case .apiKey: "key"
    case .url, .publicURL, .odooURL: "address"
    case .line: "name"
    case .listen: "address and port"
    case .hostNames: "names"
    case .proxies: "addresses"
    }
  }

  /// What is wrong with a value, without the value itself; nil where nothing is.
  func problem(with text: String) -> String? {
    switch kind {
    case .path:
      text.contains("\0") ? "is not a path" : nil
    case .databaseURL: DatabasePlace.problem(with: text)
    case .word(let words):
      words.contains(text) ? nil : "must be \(words.joined(separator: ", "))"
    case .integer(let range):
      Int(text).map(range.contains) == true
        ? nil : "must be a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .email: Self.issue { () throws(AddressingIssue) in _ = try EmailAddress(text) }
    case .mailbox: Self.issue { () throws(AddressingIssue) in _ = try Mailbox(text) }
    case .phone: Self.issue { () throws(AddressingIssue) in _ = try PhoneNumber(e164: text) }
    case .optionalPhone: nil
    case .optOut:
      SMSOptOut(text) == nil
        ? "must be webhook, provider, or a sentence of 8 to 160 characters" : nil
    case .organisation: OrganisationName.accepts(text) ? nil : OrganisationName.rule
    case .apiKey: APIKeyShape.accepts(text) ? nil : APIKeyShape.problem
    case .url: ProviderAddress.problem(with: text)
    case .listen: ListenSetting.problem(with: text)
    case .hostNames:
      HostNames(text) == nil ? "must be host names without port, separated by commas" : nil
    case .proxies:
      TrustedProxies(text) == nil ? "must be addresses or ranges, separated by commas" : nil
    case .publicURL: PublicAddress.problem(with: text)
    case .odooURL: OdooAddress.problem(with: text)
    case .line: OdooName.accepts(text) ? nil : OdooName.rule
    }
  }

  private static func issue(_ parse: () throws(AddressingIssue) -> Void) -> String? {
    do {
      try parse()
      return nil
    } catch {
      return "is not valid: \(error.message)"
    }
  }
}

/// What can be a key at all. Its known shape, `api-` and 32 letters or digits, is nowhere promised,
/// so another one is only warned about.
enum APIKeyShape {
  static let problem = "must be visible ASCII characters without spaces"

  static func accepts(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
  }
}

/// The rule for ids of organisations that people type.
enum OrganisationName {
  static let rule = "must be 1 to 50 small letters, digits, - or _"

  static func accepts(_ text: String) -> Bool {
    let allowed = text.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x2D || byte == 0x5F
    }
    return allowed && (1...50).contains(text.utf8.count) && text.utf8.first != 0x2D
  }
}

/// The provider's address, where it is not the region's.
enum ProviderAddress {
  static func problem(with text: String) -> String? {
    guard let url = URL(string: text), let scheme = url.scheme?.lowercased(),
      scheme == "http" || scheme == "https", let host = url.host, !host.isEmpty
    else { return "is not an address such as https://api.smtp2go.com/v3" }
    if url.user != nil || url.password != nil { return "must not contain a password" }
    if url.query != nil || url.fragment != nil { return "must end with the path" }
    return scheme == "http" && !isLoopback(url) ? "must begin with https://" : nil
  }

  /// Whether the address is this machine: 127.0.0.0/8, ::1 or localhost.
  static func isLoopback(_ url: URL) -> Bool {
    let host = (url.host ?? "").lowercased().trimmingCharacters(in: ["[", "]"])
    if host == "localhost" || host == "::1" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }
}
