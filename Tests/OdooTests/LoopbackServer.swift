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
    /// Cuts the connection when this many bytes have come.
    case closeAfter(Int)
    /// Takes nothing from the socket.
    case readNothing
    /// Counts a request's body without keeping it.
    case discardBody
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
  var baseURL: String { "http://127.0.0.1:\(port)" }
  var requests: [Received] { state.value.withLock { $0.requests } }
  var bytes: Int { state.value.withLock { $0.bytes } }
  var connections: Int { state.value.withLock { $0.connections } }

  init(
    _ manner: Manner = .ordinary,
    _ respond: @escaping @Sendable (Received) -> Step
  ) async throws {
    let state = State_()
    self.state = state
    channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.backlog, value: 256)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          try pipeline.addHandler(Connection(state: state, manner: manner, respond: respond))
          if case .readNothing = manner {
            try channel.syncOptions?.setOption(.autoRead, value: false)
          }
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
  private var received = ByteBuffer()
  private var total = 0
  private var head: LoopbackServer.Received?
  private var missing = 0

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
    var buffer = Self.unwrapInboundIn(data)
    total += buffer.readableBytes
    state.value.withLock { $0.bytes += buffer.readableBytes }
    switch manner {
    case .closeOnFirstBytes: return context.close(promise: nil)
    case .closeAfter(let limit) where total >= limit: return context.close(promise: nil)
    default: received.writeBuffer(&buffer)
    }
    while let request = takeRequest() {
      state.value.withLock { $0.requests.append(request) }
      perform(respond(request), context)
    }
  }

  private func takeRequest() -> LoopbackServer.Received? {
    if head == nil { takeHead() }
    guard var request = head else { return nil }
    if case .discardBody = manner {
      let part = min(missing, received.readableBytes)
      received.moveReaderIndex(forwardBy: part)
      missing -= part
      received.discardReadBytes()
      guard missing == 0 else { return nil }
    } else {
      guard let body = received.readString(length: missing) else { return nil }
      request.body = body
    }
    head = nil
    return request
  }

  private func takeHead() {
    let view = received.readableBytesView
    guard let end = view.firstRange(of: Array("\r\n\r\n".utf8)) else { return }
    let length = end.upperBound - view.startIndex
    let lines = (received.readString(length: length) ?? "").split(separator: "\r\n")
      .map(String.init)
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
      headers[parts[0].lowercased()] = parts[1].drop(while: { $0 == " " }).description
    }
    missing = Int(headers["content-length"] ?? "0") ?? 0
    head = LoopbackServer.Received(line: lines.first ?? "", headers: headers, body: "")
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
