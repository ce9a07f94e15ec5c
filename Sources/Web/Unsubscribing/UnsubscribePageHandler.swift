import Engine

/// Shows what an unsubscribe link is about, with a button. Following the link changes nothing: mail
/// scanners do that too.
struct UnsubscribePageHandler: ReadingHandler {
  private let pages: any UnsubscribePages

  init(_ ports: ReadPorts) {
    pages = ports.unsubscribePages
  }

  func answer(_ request: WebRequest) async throws -> WebAnswer {
    guard let page = try await pages.page(token: request.token) else { throw Problem.notFound }
    return .page(UnsubscribeForms.page(page))
  }
}
