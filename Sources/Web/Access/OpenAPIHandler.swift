import ActionProtocol

/// The API's own description.
struct OpenAPIHandler: ReadingHandler {
  init(_ ports: ReadPorts) {}

  func answer(_ request: WebRequest) async throws -> WebAnswer { .json(OpenAPI.document) }
}
