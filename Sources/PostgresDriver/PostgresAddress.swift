import CPostgres
import Foundation
import Store

/// Where a PostgreSQL is: a URL as libpq reads it, and what of it may be shown.
///
/// Everything that libpq knows is allowed in the URL: several hosts, `sslmode`, `sslrootcert`,
/// `options=-csearch_path%3Dname`. What the URL leaves out comes from libpq's own variables and files
/// (`PGPASSWORD`, `~/.pgpass`, service files), and then from ``defaults``.
public struct PostgresAddress: Sendable {
  /// The address without user and password: `postgresql://host:port/database`, with the schema where
  /// the address chooses one. Addresses of different installations have different labels.
  public let label: String
  let url: String
  private let secrets: [String]

  /// - Throws: ``StoreError`` with code `address` where the text is none; the text itself never stands
  ///   in the error, because a password may be in it.
  public init(_ url: String) throws {
    guard url.hasPrefix("postgresql://") || url.hasPrefix("postgres://"),
      let options = PQconninfoParse(url, nil)
    else {
      throw StoreError(
        code: "address",
        detail: "not an address such as postgresql://user:password@host:5432/database")
    }
    defer { PQconninfoFree(options) }
    let values = Self.values(options)
    self.url = url
    secrets = ["password", "sslpassword"].compactMap { values[$0] }.filter { !$0.isEmpty }
    label = Self.label(values)
  }

  /// Whether a text is meant as such an address.
  public static func isMeant(by text: String) -> Bool {
    text.hasPrefix("postgresql:") || text.hasPrefix("postgres:")
  }

  private static func values(
    _ options: UnsafeMutablePointer<PQconninfoOption>
  ) -> [String: String] {
    var values: [String: String] = [:]
    var option = options
    while let keyword = option.pointee.keyword {
      if let value = option.pointee.val {
        values[String(cString: keyword)] = String(cString: value)
      }
      option += 1
    }
    return values
  }

  private static func label(_ values: [String: String]) -> String {
    let hosts = (values["host"] ?? "").split(separator: ",", omittingEmptySubsequences: false)
    let ports = (values["port"] ?? "").split(separator: ",", omittingEmptySubsequences: false)
    let places = hosts.enumerated().map { index, host in
      let port = ports.indices.contains(index) ? ports[index] : ports.first ?? ""
      return port.isEmpty ? String(host) : "\(host):\(port)"
    }
    let place = "postgresql://\(places.joined(separator: ","))/\(values["dbname"] ?? "")"
    return schema(values["options"] ?? "").map { "\(place) schema \($0)" } ?? place
  }

  /// What `-c search_path=…` says.
  private static func schema(_ options: String) -> Substring? {
    guard let name = options.range(of: "search_path=")?.upperBound else { return nil }
    return options[name...].prefix { !$0.isWhitespace }
  }

  /// A message of libpq without anything secret, on one line.
  func redacted(_ message: String) -> String {
    let line = message.split(whereSeparator: \.isNewline).joined(separator: " ").prefix(300)
    return secrets.reduce(String(line)) { $0.replacing($1, with: "…") }
  }

  /// What holds where the URL says nothing else. A server that vanished is noticed within seconds, and
  /// of several hosts the one that takes writes is chosen.
  private static let defaults = [
    ("connect_timeout", "5"), ("application_name", "aiom"), ("keepalives_idle", "5"),
    ("keepalives_interval", "2"), ("keepalives_count", "3"), ("tcp_user_timeout", "10000"),
    ("target_session_attrs", "read-write"),
  ]

  /// Keywords and values for `PQconnectdbParams`: later ones win, and the URL is expanded in its place.
  var parameters: [(keyword: String, value: String)] {
    Self.defaults.map { (keyword: $0, value: $1) }
      + [(keyword: "dbname", value: url), (keyword: "client_encoding", value: "UTF8")]
  }
}
