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
    case .redirect307: return redirect(request)
    default: return FaultAnswer.response(fault)
    }
  }

  /// A fault after the message was recorded.
  ///
  /// - Parameter pause: between two bytes of a slow answer.
  func strike(
    _ fault: SandboxFault, after answer: VendorAnswer, pause: Duration
  ) async throws -> Response {
    switch fault {
    case .hangAfterAccepting: return try await hang()
    case .hangMidAnswer: return hangingInTheMiddle(answer.response)
    case .cutAfterAccepting: return try await cut()
    case .cutMidAnswer: return cutInTheMiddle(answer.response)
    case .slowAnswer: return slowed(answer, pause: pause)
    case .http500AfterAccepting: return .proxyPage(.internalServerError)
    case .html502AfterAccepting: return .proxyPage(.badGateway)
    case .http504AfterAccepting: return .proxyPage(.gatewayTimeout)
    case .notJSON200: return .bytes(Array("<p>It works</p>".utf8), type: "text/html")
    case .empty200: return .bytes([], type: "application/json")
    case .noID200: return without(["email_id", "schedule_id", "messages"], answer).response
    case .partialFailures200: return partlyFailed(answer).response
    case .fastAccept: return without(["succeeded", "failed", "failures"], answer).response
    case .idleClose: return closing(after: answer.response)
    default: return answer.response
    }
  }

  private func redirect(_ request: Request) -> Response {
    let port = channel.localAddress?.port ?? 80
    let location = "http://localhost:\(port)\(request.uri.path)"
    return Response(status: .temporaryRedirect, headers: [.location: location])
  }

  private func without(_ names: Set<String>, _ answer: VendorAnswer) -> VendorAnswer {
    guard let members = answer.data.members else { return answer }
    var answer = answer
    answer.data = .object(members.filter { !names.contains($0.name) })
    return answer
  }

  private func partlyFailed(_ answer: VendorAnswer) -> VendorAnswer {
    var answer = without(["succeeded", "failed", "failures"], answer)
    guard var members = answer.data.members else { return answer }
    members.add("succeeded", 1)
    members.add("failed", 1)
    members.add("failures", ["550 The sandbox was told to refuse some recipients"])
    answer.data = .object(members)
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

  private static let beginning = ByteBuffer(string: "{\"request_id\":\"")

  private func cutInTheMiddle(_ whole: Response) -> Response {
    let channel = channel
    return replacingBody(
      of: whole,
      by: ResponseBody(contentLength: whole.body.contentLength) { writer in
        try await writer.write(Self.beginning)
        try? await channel.close()
        throw Cut()
      })
  }

  private func hangingInTheMiddle(_ whole: Response) -> Response {
    let channel = channel
    let hangs = hangs
    return replacingBody(
      of: whole,
      by: ResponseBody(contentLength: whole.body.contentLength) { writer in
        try await writer.write(Self.beginning)
        try await hangs.hang(on: channel)
        throw Cut()
      })
  }

  private func slowed(_ answer: VendorAnswer, pause: Duration) -> Response {
    let bytes = answer.envelope.encoded
    return replacingBody(
      of: answer.response,
      by: ResponseBody(contentLength: bytes.count) { writer in
        for byte in bytes {
          try await writer.write(ByteBuffer(bytes: [byte]))
          try await Task.sleep(for: pause)
        }
        try await writer.finish(nil)
      })
  }

  private func closing(after whole: Response) -> Response {
    let channel = channel
    return replacingBody(
      of: whole,
      by: ResponseBody(contentLength: whole.body.contentLength) { writer in
        try await whole.body.write(writer)
        try? await channel.close()
      })
  }

  private func replacingBody(of whole: Response, by body: ResponseBody) -> Response {
    var response = whole
    response.body = body
    return response
  }
}
