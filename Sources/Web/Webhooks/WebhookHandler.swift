import ActionProtocol
import HTTPTypes

/// Takes an event of the provider: one small durable insert, and nothing else in the request.
///
/// The provider repeats for days whatever is not answered with 200, so everything that is kept is:
/// also a duplicate, and also what cannot be read.
struct WebhookHandler: WritingHandler {
  private let webhooks: any WebhookReceiving

  init(_ ports: WritePorts) {
    webhooks = ports.webhooks
  }

  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer {
    let door = try await webhooks.door(
      pathToken: request.token, authorization: request.fields[.authorization])
    switch door {
    case .locked: throw Problem.unauthorized
    case .open(let take):
      let receipt = try await take(body(), request.fields[.contentType])
      return .json(["status": .string(receipt.rawValue)])
    }
  }
}
