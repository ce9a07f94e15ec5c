import Testing

@testable import SMTP2GO

@Suite struct ConfigurationTests {
  @Test(
    arguments: [
      ("https://api.smtp2go.com/v3", nil), ("https://api.smtp2go.com/v3/", nil),
      ("http://127.0.0.1:9/v3", nil), ("http://127.8.0.1/v3", nil), ("http://localhost:9", nil),
      ("http://[::1]:9/v3", nil), ("HTTPS://host.example", nil),
      ("http://api.smtp2go.com/v3", .baseURLInsecure),
      ("http://127.0.0.1.example", .baseURLInsecure),
      ("http://10.0.0.1", .baseURLInsecure), ("ftp://host.example", .baseURLInvalid),
      ("api.smtp2go.com/v3", .baseURLInvalid), ("", .baseURLInvalid), ("https://", .baseURLInvalid),
      ("https://u:p@host.example", .baseURLInvalid), ("https://host.example?x", .baseURLInvalid),
    ] as [(String, SMTP2GOClient.ConfigurationIssue?)])
  func `a base address must be secure or loopback`(
    baseURL: String, issue: SMTP2GOClient.ConfigurationIssue?
  ) async throws {
    do throws(SMTP2GOClient.ConfigurationIssue) {
      let client = try SMTP2GOClient(configuration: .init(baseURL: baseURL, apiKey: Fixture.key))
      #expect(issue == nil)
      try? await client.shutdown()
    } catch {
      #expect(error == issue)
    }
  }

  @Test(arguments: ["", " ", "api key", "api-\u{e9}", "a\r\nb: c"])
  func `a key that no header can carry is refused`(text: String) {
    #expect(throws: SMTP2GOClient.ConfigurationIssue.apiKeyInvalid) {
      _ = try SMTP2GOClient(
        configuration: .init(baseURL: Region.eu.baseURL, apiKey: APIKey(text)))
    }
  }

  @Test func `limits must be positive`() {
    #expect(throws: SMTP2GOClient.ConfigurationIssue.deadlineInvalid) {
      _ = try SMTP2GOClient(
        configuration: .init(
          baseURL: Region.us.baseURL, apiKey: Fixture.key, deadline: .zero))
    }
    #expect(throws: SMTP2GOClient.ConfigurationIssue.maxConnectionsInvalid) {
      _ = try SMTP2GOClient(
        configuration: .init(
          baseURL: Region.us.baseURL, apiKey: Fixture.key, maxConnections: 0))
    }
  }

  @Test(arguments: [
    ("api-0123456789abcdefghijklmnopqrstuv", true), ("api-0123", false),
    ("api-0123456789abcdefghijklmnopqrstu_", false), ("ABC", false),
  ])
  func `a key of another shape is told, not refused`(text: String, isKnown: Bool) {
    #expect(APIKey(text).hasKnownFormat == isKnown)
  }

  @Test func `a key gives its user name and trims what surrounds it`() {
    let key = APIKey(" api-0123456789abcdefghijklmnopqrstuv\n")
    #expect(key.username == "api-0123456789ab")
    #expect(key.hasKnownFormat)
  }

  @Test(
    arguments: zip(
      Region.allCases,
      ["https://api.", "https://us-api.", "https://eu-api.", "https://au-api."]))
  func `each region has its host`(region: Region, start: String) {
    #expect(region.baseURL == "\(start)smtp2go.com/v3")
  }
}
