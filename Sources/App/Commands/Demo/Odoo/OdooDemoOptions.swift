import ArgumentParser
import Engine

/// The Odoo that `aiom demo --odoo` works on.
struct OdooDemoOptions: ParsableArguments {
  @Option(
    name: .customLong("odoo"),
    help: "Do it on the books of a running Odoo on this machine, such as http://127.0.0.1:8069.")
  var url: String?

  @Option(name: .customLong("odoo-db"), help: "The database there.")
  var database: String?

  @Option(name: .customLong("odoo-user"), help: "The login that the demo works as.")
  var user: String?

  @Option(
    name: .customLong("odoo-key"),
    help: "Where that user's API key is: env:NAME or file:PATH (default: env:AIOM_DEMO_ODOO_KEY).")
  var key: String?

  /// Where the key is unless told otherwise: no demo reads `ODOO_*` by itself.
  static let standardKey = "env:AIOM_DEMO_ODOO_KEY"

  /// The books of the demo's organisation; nil where no Odoo is named.
  func books() throws -> OrgBooks? {
    guard let url else {
      guard database == nil, user == nil, key == nil else {
        throw Self.refusal("--odoo-db, --odoo-user and --odoo-key belong to --odoo URL.")
      }
      return nil
    }
    if let problem = OdooAddress.problem(with: url) { throw Self.refusal("--odoo \(problem).") }
    let key = key ?? Self.standardKey
    guard key.hasPrefix("env:") || key.hasPrefix("file:") else {
      throw Self.refusal("--odoo-key must be env:NAME or file:PATH.")
    }
    guard key != OrgBooks.standardKey else {
      throw Self.refusal(
        "The demo reads no ODOO_*, so that it never meets your own books by chance.")
    }
    return OrgBooks(.odoo, url: url, database: database, user: user, key: key)
  }

  private static func refusal(_ message: String) -> Failure {
    Failure(
      .usage, "demo.odoo", message,
      remedy: "aiom demo --odoo http://127.0.0.1:8069 --odoo-db NAME --odoo-user LOGIN "
        + "--odoo-key file:PATH")
  }
}
