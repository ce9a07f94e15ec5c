import Connectors
import Foundation
import Testing

@testable import App

/// What may be set about the provider.
@Suite struct ProviderAddressTests {
  private func load(_ environment: [String: String]) throws -> Settings {
    try Settings.load(
      flags: [:], environment: environment.merging(["HOME": "/nonexistent"]) { old, _ in old },
      directory: "/nonexistent")
  }

  @Test(arguments: [
    "https://api.smtp2go.com/v3", "https://eu-api.smtp2go.com/v3", "http://127.0.0.1:8025/v3",
    "http://127.9.9.9/v3", "http://localhost:8025/v3", "http://[::1]:8025/v3",
  ])
  func `https is taken, and http on this machine`(_ url: String) throws {
    #expect(try load(["SMTP2GO_URL": url]).url?.absoluteString == url)
  }

  @Test(arguments: [
    "http://api.smtp2go.com/v3", "http://192.168.1.5/v3", "http://127.0.0.1.evil.com/v3",
    "http://localhost.evil.com/v3", "ftp://127.0.0.1/v3", "http://[::2]/v3",
    "https://user:pass@api.smtp2go.com/v3", "api.smtp2go.com",
  ])
  func `anything else is refused, before a key could leave`(_ url: String) {
    #expect(throws: Failure.self) { try load(["SMTP2GO_URL": url]) }
  }

  @Test(arguments: [
    ("webhook", SMSOptOut.webhook), ("provider", .provider),
    ("Call us to stop", .words("Call us to stop")),
  ])
  func `an opt-out is a word or a sentence`(_ text: String, _ expected: SMSOptOut) throws {
    #expect(try load(["AIOM_SMS_OPT_OUT": text]).smsOptOut == expected)
  }

  @Test(arguments: ["yes", "stop", "Webhook", "no idea"])
  func `an opt-out that says nothing is refused`(_ text: String) {
    #expect(throws: Failure.self) { try load(["AIOM_SMS_OPT_OUT": text]) }
  }

  @Test func `unset, nobody has said how customers opt out`() throws {
    #expect(try load([:]).smsOptOut == nil)
  }

  @Test func `a name as SMS sender is left out with a warning that says why`() throws {
    let settings = try load(["SMTP2GO_SMS_SENDER": "AIOM"])
    #expect(settings.smsSender == nil)
    #expect(settings.hasSMSSenderName)
    let warning = try #require(settings.warnings.first { $0.contains("SMTP2GO_SMS_SENDER") })
    #expect(warning.contains("one-way") && warning.contains("US and Canada"))
    #expect(try !load(["SMTP2GO_SMS_SENDER": "+442079460123"]).hasSMSSenderName)
  }
}
