import HTTPTypes
import Hummingbird
import NIOCore

/// The TCP connection under a request: where faults strike.
struct SandboxConnection: Sendable {
  let channel: any Channel
  let hangs: OpenHangs

  /// The connection is gone on purpose; there is nobody to answer.
  struct Cut: Error {}

  /// A fault in place of the request's normal course.
  func strike(_ fault: SandboxFault, before request: Request) async throws -> Response {
    switch fault {
    case .hangBeforeAccepting: return try await hang()
    case .cutBeforeAccepting: return try await cut()
    case .http400: return refusal(.business("The sandbox was told to refuse this request"))
    case .http401: return Response(status: .unauthorized)
    case .http402:
      return refusal(.business("The parameters were valid but the request failed", status: 402))
    case .http404: return Response(status: .notFound)
    case .http429: return refusal(.rateLimited(1, seconds: 60))
    case .http500: return .proxyPage(.internalServerError)
    case .http500Key: return refusal(.unknownKey(status: 500))
    case .html502: return .proxyPage(.badGateway)
    case .http503: return Response(status: .serviceUnavailable)
    case .failures200: return failures()
    case .redirect307: return redirect(request)
    case .hangAfterAccepting, .cutAfterAccepting, .cutMidAnswer, .http500AfterAccepting,
      .http504AfterAccepting, .notJSON200, .fastAccept, .idleClose:
      return refusal(.business("The sandbox took a fault at the wrong moment", status: 500))
    }
  }

  /// A fault after the message was recorded.
  func strike(
    _ fault: SandboxFault, after answer: VendorAnswer
  ) async throws -> Response {
    switch fault {
    case .hangAfterAccepting: return try await hang()
    case .cutAfterAccepting: return try await cut()
    case .cutMidAnswer: return cutInTheMiddle(answer.response)
    case .http500AfterAccepting: return .proxyPage(.internalServerError)
    case .http504AfterAccepting: return .proxyPage(.gatewayTimeout)
    case .notJSON200: return .bytes(Array("<p>It works</p>".utf8), type: "text/html")
    case .fastAccept: return fastAccepted(answer).response
    case .idleClose: return closing(after: answer.response)
    default: return answer.response
    }
  }

  private func refusal(_ refusal: VendorRefusal) -> Response {
    VendorAnswer(requestID: Identifiers.uuid(), refusal: refusal).response
  }

  private func failures() -> Response {
    let data: JSONValue = [
      "succeeded": 0, "failed": 1, "failures": ["550 The sandbox was told to refuse this message"],
    ]
    return VendorAnswer(requestID: Identifiers.uuid(), data: data).response
  }

  private func redirect(_ request: Request) -> Response {
    let port = channel.localAddress?.port ?? 80
    let location = "http://localhost:\(port)\(request.uri.path)"
    return Response(status: .temporaryRedirect, headers: [.location: location])
  }

  private func fastAccepted(_ answer: VendorAnswer) -> VendorAnswer {
    let counters: Set<String> = ["succeeded", "failed", "failures"]
    var answer = answer
    answer.data = .object((answer.data.members ?? []).filter { !counters.contains($0.name) })
    return answer
  }

  private func hang() async throws -> Response {
    try await hangs.hang(on: channel)
    throw Cut()
  }

  /// Waits for the close, so that the error answer that follows finds no connection.
  private func cut() async throws -> Response {
    try? await channel.close()
    throw Cut()
  }

  private func cutInTheMiddle(_ whole: Response) -> Response {
    let channel = channel
    var response = whole
    response.body = ResponseBody(contentLength: whole.body.contentLength) { writer in
      let bytes = ByteBuffer(string: "{\"request_id\":\"")
      try await writer.write(bytes)
      try? await channel.close()
      throw Cut()
    }
    return response
  }

  private func closing(after whole: Response) -> Response {
    let channel = channel
    var response = whole
    response.body = ResponseBody(contentLength: whole.body.contentLength) { writer in
      try await whole.body.write(writer)
      try? await channel.close()
    }
    return response
  }
}
