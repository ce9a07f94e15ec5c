import NIOCore
import NIOPosix
import Synchronization

/// A proxy on loopback that hands requests on to a server and cuts the client's connection when the
/// answer begins, so that the work is done and nobody is told.
final class CuttingProxy: Sendable {
  private let channel: any Channel
  let cuts: Cuts

  /// Which requests are cut.
  final class Cuts: Sendable {
    private struct State {
      var isArmed = false
      /// Pieces of answers that pass before.
      var passing = 0
      var count = 0
    }
    private let state = Mutex(State())

    var count: Int { state.withLock { $0.count } }

    /// - Parameter passing: so many pieces of answers pass before.
    func arm(after passing: Int = 0) {
      state.withLock {
        $0.isArmed = true
        $0.passing = passing
      }
    }

    /// Whether this answer is cut; at most one for each arming.
    func take() -> Bool {
      state.withLock { state in
        guard state.isArmed else { return false }
        guard state.passing == 0 else {
          state.passing -= 1
          return false
        }
        state.isArmed = false
        state.count += 1
        return true
      }
    }
  }

  var url: String { "http://127.0.0.1:\(channel.localAddress?.port ?? 0)" }

  init(to host: String, port: Int) async throws {
    let cuts = Cuts()
    self.cuts = cuts
    channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { client in
        client.eventLoop.makeCompletedFuture {
          try client.pipeline.syncOperations.addHandler(
            Upstream(host: host, port: port, cuts: cuts))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
  }

  func stop() async throws { try await channel.close().get() }

  /// The client's side: waits for the server's connection, then copies.
  private final class Upstream: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let host: String
    private let port: Int
    private let cuts: Cuts
    private var server: EventLoopFuture<any Channel>?

    init(host: String, port: Int, cuts: Cuts) {
      (self.host, self.port, self.cuts) = (host, port, cuts)
    }

    func channelActive(context: ChannelHandlerContext) {
      let (client, cuts) = (context.channel, cuts)
      server = ClientBootstrap(group: context.eventLoop)
        .channelInitializer { server in
          server.eventLoop.makeCompletedFuture {
            try server.pipeline.syncOperations.addHandler(Downstream(client: client, cuts: cuts))
          }
        }
        .connect(host: host, port: port)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      let bytes = Self.unwrapInboundIn(data)
      server?.whenSuccess { $0.writeAndFlush(bytes, promise: nil) }
    }

    func channelInactive(context: ChannelHandlerContext) {
      server?.whenSuccess { $0.close(promise: nil) }
    }
  }

  /// The server's side.
  private final class Downstream: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let client: any Channel
    private let cuts: Cuts

    init(client: any Channel, cuts: Cuts) { (self.client, self.cuts) = (client, cuts) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      guard !cuts.take() else {
        client.close(promise: nil)
        return context.close(promise: nil)
      }
      client.writeAndFlush(Self.unwrapInboundIn(data), promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) { client.close(promise: nil) }
  }
}
