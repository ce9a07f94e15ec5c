import Foundation

@testable import Odoo

/// A running Odoo with demo data, where one is named. `make test-odoo` starts one and names it.
enum RealServer {
  private static let environment = ProcessInfo.processInfo.environment

  static let url = environment["AIOM_TEST_ODOO_URL"] ?? ""
  static let database = environment["AIOM_TEST_ODOO_DATABASE"] ?? "ops19"
  /// A key of the user below; with it the suite runs on JSON-2 too.
  static let key = environment["AIOM_TEST_ODOO_KEY"]
  /// May write tasks, deals and invoices.
  static let bot = user("AIOM_TEST_ODOO_BOT", "ops_bot")
  /// May see projects, but no invoices.
  static let limited = user("AIOM_TEST_ODOO_LIMITED", "ops_limited")

  /// May merge contacts; nil: nobody said who.
  static let admin: OdooCredentials? =
    environment["AIOM_TEST_ODOO_ADMIN"] == nil
    ? nil : user("AIOM_TEST_ODOO_ADMIN", "admin")

  static var isThere: Bool { !url.isEmpty }

  /// The ways in which the suite is run.
  static let ways: [OdooCredentials] = [bot] + (key.map { [.apiKey($0)] } ?? [])

  /// `login:password`, or the login that is its own password.
  private static func user(_ name: String, _ fallback: String) -> OdooCredentials {
    let parts = (environment[name] ?? "\(fallback):\(fallback)")
      .split(separator: ":", maxSplits: 1).map { String($0) }
    return .password(login: parts[0], parts.last ?? "")
  }

  static func configuration(
    _ credentials: OdooCredentials, url: String = url
  ) -> OdooClient.Configuration {
    var configuration = OdooClient.Configuration(
      baseURL: url, database: database, credentials: credentials)
    // Behind a proxy that cuts, every pause would be waited out for nothing.
    if url != Self.url { configuration.pause = { _ in } }
    return configuration
  }

  static func run<Value>(
    _ credentials: OdooCredentials, url: String = url, _ body: (OdooClient) async throws -> Value
  ) async throws -> Value {
    let client = try OdooClient(configuration: configuration(credentials, url: url))
    do {
      let value = try await body(client)
      try await client.shutdown()
      return value
    } catch {
      try await client.shutdown()
      throw error
    }
  }

  /// A name that no other run uses.
  static func mark() -> String { "aiom-\(UUID().uuidString.lowercased())" }

  /// The first project that the user sees.
  static func project(_ client: OdooClient) async throws -> Int {
    let projects = try await client.searchRead(
      Search("project.project", fields: ["name"], limit: 1))
    guard let project = projects.first else { throw Missing() }
    return project.id
  }

  struct Missing: Error {}
}
