import Addressing
import Foundation

@testable import SMTP2GO

/// Values that the suites share.
enum Fixture {
  static let key = APIKey("api-0123456789abcdefghijklmnopqrstuv")
  static let accepted =
    #"{"request_id":"r-1","data":{"succeeded":1,"failed":0,"failures":[],"email_id":"m-1"}}"#

  static func email(subject: String = "Invoice 7") throws -> OutgoingEmail {
    OutgoingEmail(
      sender: try Mailbox("Acme <billing@acme.example>"),
      to: [try EmailAddress("secret.person@example.org")], subject: subject,
      textBody: "secret text")
  }

  static func sms() throws -> OutgoingSMS {
    OutgoingSMS(destination: [try PhoneNumber(e164: "+12025550959")], content: "secret text")
  }

  static func client(
    _ baseURL: String, deadline: Duration = .seconds(20), maxConnections: Int = 4
  ) throws -> SMTP2GOClient {
    var configuration = SMTP2GOClient.Configuration(
      baseURL: baseURL, apiKey: key, deadline: deadline, maxConnections: maxConnections)
    // A busy machine may stand still for longer than a connection stays open.
    configuration.idleLimit = .seconds(3600)
    return try SMTP2GOClient(configuration: configuration)
  }

  /// Runs a body with a server and a client, and stops both.
  static func run<Value>(
    _ server: LoopbackServer, deadline: Duration = .seconds(20), maxConnections: Int = 4,
    _ body: (SMTP2GOClient) async throws -> Value
  ) async throws -> Value {
    let client = try client(server.baseURL, deadline: deadline, maxConnections: maxConnections)
    do {
      let value = try await body(client)
      try await client.shutdown()
      try await server.stop()
      return value
    } catch {
      try await client.shutdown()
      try await server.stop()
      throw error
    }
  }

  static func parsed(_ json: String) throws -> NSDictionary? {
    try JSONSerialization.jsonObject(with: Data(json.utf8)) as? NSDictionary
  }
}
