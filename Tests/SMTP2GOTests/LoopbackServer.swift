import NIOCore
import NIOPosix
import Synchronization

/// An HTTP server of raw bytes on loopback, which answers, cuts and hangs as it is told.
final class LoopbackServer: Sendable {
  struct Received: Sendable {
    var line: String
    var headers: [String: String]
    var body: String
  }

  enum Step: Sendable {
    case answer(Int, String)
    case raw(String)
    case rawThenClose(String)
    case answerThenClose(Int, String)
    case hang
    case cut
  }

  enum Manner: Sendable {
    case ordinary
    case closeOnAccept
    case closeOnFirstBytes
  }

  struct State: Sendable {
    var requests: [Received] = []
    var connections = 0
    var bytes = 0
  }

  let state: State_
  private let channel: any Channel

  /// Shared with the connections.
  final class State_: Sendable {
    let value = Mutex(State())
  }

  var port: Int { channel.localAddress?.port ?? 0 }
  var baseURL: String { "http://127.0.0.1:\(port)/v3" }
  var requests: [Received] { state.value.withLock { $0.requests } }
  var bytes: Int { state.value.withLock { $0.bytes } }
  var connections: Int { state.value.withLock { $0.connections } }

  init(
    _ manner: Manner = .ordinary, _ respond: @escaping @Sendable (Received) -> Step
  ) async throws {
    let state = State_()
    self.state = state
    channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.backlog, value: 256)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(
            Connection(state: state, manner: manner, respond: respond))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
  }

  func stop() async throws {
    try await channel.close().get()
  }

  /// A port on which nothing listens.
  static func freePort() async throws -> Int {
    let server = try await LoopbackServer { _ in .cut }
    let port = server.port
    try await server.stop()
    return port
  }
}

private final class Connection: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let state: LoopbackServer.State_
  private let manner: LoopbackServer.Manner
  private let respond: @Sendable (LoopbackServer.Received) -> LoopbackServer.Step
  private var text = ""

  init(
    state: LoopbackServer.State_, manner: LoopbackServer.Manner,
    respond: @escaping @Sendable (LoopbackServer.Received) -> LoopbackServer.Step
  ) {
    self.state = state
    self.manner = manner
    self.respond = respond
  }

  func channelActive(context: ChannelHandlerContext) {
    state.value.withLock { $0.connections += 1 }
    if case .closeOnAccept = manner { context.close(promise: nil) }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let buffer = Self.unwrapInboundIn(data)
    state.value.withLock { $0.bytes += buffer.readableBytes }
    if case .closeOnFirstBytes = manner {
      context.close(promise: nil)
      return
    }
    text += String(buffer: buffer)
    while let request = takeRequest() {
      state.value.withLock { $0.requests.append(request) }
      perform(respond(request), context)
    }
  }

  private func takeRequest() -> LoopbackServer.Received? {
    let bytes = Array(text.utf8)
    guard let end = text.firstRange(of: "\r\n\r\n") else { return nil }
    let lines = text[..<end.lowerBound].split(separator: "\r\n").map(String.init)
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
      headers[parts[0].lowercased()] = parts[1].drop(while: { $0 == " " }).description
    }
    let start = text[..<end.upperBound].utf8.count
    let length = Int(headers["content-length"] ?? "0") ?? 0
    guard bytes.count >= start + length else { return nil }
    let body = String(decoding: bytes[start..<(start + length)], as: UTF8.self)
    text = String(decoding: bytes[(start + length)...], as: UTF8.self)
    return LoopbackServer.Received(line: lines.first ?? "", headers: headers, body: body)
  }

  private func perform(_ step: LoopbackServer.Step, _ context: ChannelHandlerContext) {
    switch step {
    case .answer(let status, let body): write(Self.http(status, body), context)
    case .raw(let bytes): write(bytes, context)
    case .rawThenClose(let bytes):
      write(bytes, context)
      context.close(promise: nil)
    case .answerThenClose(let status, let body):
      write(Self.http(status, body), context)
      context.close(promise: nil)
    case .hang: break
    case .cut: context.close(promise: nil)
    }
  }

  private func write(_ bytes: String, _ context: ChannelHandlerContext) {
    context.writeAndFlush(Self.wrapOutboundOut(ByteBuffer(string: bytes)), promise: nil)
  }

  private static func http(_ status: Int, _ body: String) -> String {
    "HTTP/1.1 \(status) X\r\nContent-Type: application/json\r\n"
      + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
  }
}
