import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A server on loopback that keeps what is posted to it.
final class WebhookReceiver: Sendable {
  /// One request.
  struct Post: Sendable {
    var path: String
    var headers: HTTPHeaders
    var body: String

    /// The body as JSON.
    var json: [String: Any] {
      (try? JSONSerialization.jsonObject(with: Data(body.utf8))) as? [String: Any] ?? [:]
    }

    /// The body as a form.
    var form: [String: String] {
      var components = URLComponents()
      components.percentEncodedQuery = body.replacingOccurrences(of: "+", with: "%20")
      return (components.queryItems ?? []).reduce(into: [:]) { $0[$1.name] = $1.value }
    }
  }

  private struct State {
    var posts: [Post] = []
    /// The statuses of the next answers; 200 afterwards.
    var statuses: [Int] = []
  }

  let port: Int
  private let state: SharedState
  private let channel: any Channel

  private final class SharedState: Sendable {
    let value = Mutex(State())
  }

  static func start(answering statuses: [Int] = []) async throws -> WebhookReceiver {
    let state = SharedState()
    state.value.withLock { $0.statuses = statuses }
    let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.configureHTTPServerPipeline()
          try channel.pipeline.syncOperations.addHandler(Handler(state))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    return WebhookReceiver(channel, state)
  }

  private init(_ channel: any Channel, _ state: SharedState) {
    self.channel = channel
    self.state = state
    port = channel.localAddress?.port ?? 0
  }

  var url: String { "http://127.0.0.1:\(port)/hook" }
  var posts: [Post] { state.value.withLock(\.posts) }

  func stop() async throws {
    try await channel.close()
  }

  private final class Handler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let state: SharedState
    private var post: Post?

    init(_ state: SharedState) {
      self.state = state
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      switch unwrapInboundIn(data) {
      case .head(let head): post = Post(path: head.uri, headers: head.headers, body: "")
      case .body(let bytes): post?.body += String(buffer: bytes)
      case .end: answer(context)
      }
    }

    private func answer(_ context: ChannelHandlerContext) {
      guard let post else { return }
      let status = state.value.withLock { state in
        state.posts.append(post)
        return state.statuses.isEmpty ? 200 : state.statuses.removeFirst()
      }
      let head = HTTPResponseHead(
        version: .http1_1, status: .init(statusCode: status), headers: ["Content-Length": "0"])
      context.write(wrapOutboundOut(.head(head)), promise: nil)
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
  }
}
