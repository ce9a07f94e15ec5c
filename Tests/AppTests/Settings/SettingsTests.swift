import Decisions
import Foundation
import Logging
import SMTP2GO
import Testing

@testable import App

@Suite struct SettingsTests {
  private func rows(
    _ environment: [String: String] = [:], files: [String: String] = [:],
    flags: [SettingKey: (name: String, value: String)] = [:]
  ) throws -> [ResolvedSetting] {
    try SettingsReader(
      flags: flags, environment: environment, directory: "/here", readFile: { files[$0] }
    ).resolve()
  }

  private func settings(
    _ environment: [String: String] = [:], files: [String: String] = [:],
    flags: [SettingKey: (name: String, value: String)] = [:]
  ) throws -> Settings {
    try Settings(
      rows(environment, files: files, flags: flags), directory: "/here", environment: environment)
  }

  @Test func `every key has exactly one row, in the table's order`() {
    #expect(SettingsTable.rows.map(\.key) == SettingKey.allCases)
  }

  @Test func `without anything given every setting has its default`() throws {
    let settings = try settings(["HOME": "/home-of-x"])
    #expect(settings.home == "/home-of-x/.aiom")
    #expect(settings.database == "/home-of-x/.aiom/aiom.sqlite")
    #expect(settings.organisation == nil)
    #expect(settings.delivery == .sandbox)
    #expect(settings.redirectEmail == nil)
    #expect(settings.redirectPhone == nil)
    #expect(settings.ledgerMaximumAge == .seconds(86_400))
    #expect(settings.logLevel == nil)
    #expect(settings.logFormat == .text)
    #expect(settings.leaseSeconds == 15)
    #expect(settings.workers == 32)
    #expect(settings.apiKey == nil)
    #expect(settings.sender == nil)
    #expect(settings.smsSender == nil)
    #expect(settings.region == .global)
    #expect(settings.url == nil)
    #expect(settings.warnings.isEmpty)
  }

  @Test(
    arguments: [
      (SettingKey.organisation, "Not An Org"), (.delivery, "production"),
      (.redirectEmail, "nobody"), (.redirectPhone, "0123"), (.ledgerMaximumAge, "0"),
      (.ledgerMaximumAge, "a day"), (.logLevel, "loud"), (.logFormat, "xml"),
      (.leaseSeconds, "1"), (.leaseSeconds, "301"), (.workers, "0"), (.workers, "257"),
      (.apiKey, "api with spaces"), (.senderEmail, "nobody"), (.region, "mars"),
      (.url, "http://api.smtp2go.com/v3"), (.url, "ftp://127.0.0.1"), (.url, "nowhere"),
      (.url, "https://user:secret@api.smtp2go.com"),
    ])
  func `a wrong value stops the start and names its key, never its value`(
    _ key: SettingKey, _ value: String
  ) throws {
    let failure = #expect(throws: Failure.self) { try settings([key.rawValue: value]) }
    #expect(failure?.status == .notConfigured)
    #expect(failure?.message.contains(key.rawValue) == true)
    #expect(failure?.remedy.isEmpty == false)
    if key == .apiKey { #expect(failure?.message.contains(value) == false) }
  }

  @Test(
    arguments: [
      (SettingKey.leaseSeconds, "2"), (.leaseSeconds, "300"), (.workers, "1"), (.workers, "256"),
      (.ledgerMaximumAge, "1"), (.url, "http://127.0.0.1:8025/v3"), (.url, "http://localhost"),
      (.url, "https://eu-api.smtp2go.com/v3"), (.organisation, "acme-2"),
      (.senderEmail, "Acme <billing@acme.example>"),
    ])
  func `a value at the edge of its range is taken`(_ key: SettingKey, _ value: String) throws {
    #expect(throws: Never.self) { try settings([key.rawValue: value]) }
  }

  @Test(
    arguments: [
      "", "  ", "your-api-key-here", "api-your-actual-key-here", "changeme", "<your key>",
      "YOUR-API-KEY-HERE",
    ])
  func `a placeholder counts as unset`(_ value: String) throws {
    #expect(try settings(["SMTP2GO_API_KEY": value]).apiKey == nil)
  }

  @Test(arguments: ["noreply@yourdomain.com", "x@YourDomain.com", "Acme <a@yourdomain.com>"])
  func `the example's address is never a sender, and that is said`(_ value: String) throws {
    let settings = try settings(["SMTP2GO_SENDER_EMAIL": value])
    #expect(settings.sender == nil)
    #expect(settings.warnings.contains { $0.contains("SMTP2GO_SENDER_EMAIL") })
  }

  @Test func `a sender of SMS that is no number is left out with a warning`() throws {
    let settings = try settings(["SMTP2GO_SMS_SENDER": "AIOM"])
    #expect(settings.smsSender == nil)
    #expect(settings.warnings.contains { $0.contains("SMTP2GO_SMS_SENDER") })
  }

  @Test func `a key is masked wherever rows are shown`() throws {
    let key = "api-PLANTED0000000000000000000000000"
    let rows = try rows(["SMTP2GO_API_KEY": key])
    let row = try #require(rows.first { $0.row.key == .apiKey })
    #expect(row.shown == "set (36 characters, hidden)")
    let settings = try settings(["SMTP2GO_API_KEY": key])
    #expect(!"\(String(describing: settings.apiKey))".contains("PLANTED"))
    #expect(settings.apiKey?.unredacted() == key)
  }

  @Test func `only keys and the server's address, which may have a password, are secret`() {
    #expect(
      SettingsTable.rows.filter(\.isSecret).map(\.key) == [.databaseURL, .token, .apiKey, .odooKey])
  }

  @Test func `a flag wins over the environment, which wins over the files`() throws {
    let files = [
      "/here/.env": "AIOM_WORKERS=2\nAIOM_ORG=file\nAIOM_LEASE_SECONDS=5\n",
      "/there/.env": "AIOM_LEASE_SECONDS=6\nAIOM_LOG_LEVEL=debug\n",
    ]
    let environment = ["AIOM_HOME": "/there", "AIOM_WORKERS": "3", "AIOM_ORG": "env"]
    let rows = try rows(environment, files: files, flags: [.organisation: ("--org", "flag")])
    let sources = Dictionary(uniqueKeysWithValues: rows.map { ($0.row.key, $0) })
    #expect(sources[.organisation]?.given == "flag")
    #expect(sources[.organisation]?.source == .flag("--org"))
    #expect(sources[.workers]?.given == "3")
    #expect(sources[.workers]?.source == .environment)
    #expect(sources[.leaseSeconds]?.given == "5")
    #expect(sources[.leaseSeconds]?.source == .file(".env"))
    #expect(sources[.logLevel]?.given == "debug")
    #expect(sources[.logLevel]?.source == .file("/there/.env"))
    #expect(sources[.region]?.source == .fallback)
    #expect(sources[.apiKey]?.source == .unset)
  }

  @Test func `a placeholder in the environment does not hide a value in a file`() throws {
    let key = "api-PLANTED0000000000000000000000000"
    let rows = try rows(
      ["SMTP2GO_API_KEY": "your-api-key-here"],
      files: ["/here/.env": "SMTP2GO_API_KEY=\"\(key)\"  # From step 1\n"])
    let row = try #require(rows.first { $0.row.key == .apiKey })
    #expect(row.given == key)
    #expect(row.source == .file(".env"))
    #expect(row.placeholderIn == .environment)
  }

  @Test func `redirecting needs to know where to`() throws {
    let failure = #expect(throws: Failure.self) { try settings(["AIOM_DELIVERY": "redirect"]) }
    #expect(failure?.code == "settings.redirect_email_missing")
    #expect(throws: Never.self) {
      try settings(["AIOM_DELIVERY": "redirect", "AIOM_REDIRECT_EMAIL": "me@acme.example"])
    }
  }

  @Test func `every wrong setting is named at once`() throws {
    let failure = #expect(throws: Failure.self) {
      try settings(["AIOM_DELIVERY": "x", "AIOM_WORKERS": "x", "SMTP2GO_REGION": "x"])
    }
    for key in ["AIOM_DELIVERY", "AIOM_WORKERS", "SMTP2GO_REGION"] {
      #expect(failure?.message.contains(key) == true)
    }
  }

  @Test func `the demo's settings take nothing from the environment`() throws {
    let folder = try DemoFolder(keep: nil)
    defer { folder.remove() }
    let settings = try DemoHouse.settings(folder: folder, port: 4711)
    #expect(settings.apiKey == nil)
    #expect(settings.delivery == .sandbox)
    #expect(Composition.providerAddress(settings) == "http://127.0.0.1:4711/v3")
    let given = settings.rows.filter { $0.given != nil }
    #expect(given.allSatisfy { $0.source == .flag("demo") })
  }
}
