import NIOCore
import NIOHTTP1

/// The last handler before a request becomes bytes: it records the handover of each head, and
/// stops heads of calls that have already been answered.
///
/// The request carries its token in a header that is taken off here. A delegate of the HTTP
/// client would not do: it is told after the head was written and possibly on another event loop,
/// so that a deadline could fire in between and call a sent request unsent.
package final class HandoverGate: ChannelOutboundHandler {
  package typealias OutboundIn = HTTPClientRequestPart
  package typealias OutboundOut = HTTPClientRequestPart

  package static let header = "x-handover-token"

  private let register: HandoverRegister
  private var isShut = false

  init(register: HandoverRegister) {
    self.register = register
  }

  package func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?)
  {
    guard case .head(var head) = Self.unwrapOutboundIn(data) else {
      if isShut {
        promise?.fail(ChannelError.ioOnClosedChannel)
      } else {
        context.write(data, promise: promise)
      }
      return
    }
    let token = head.headers.first(name: Self.header).flatMap { UInt64($0) }
    guard !isShut, let token, register.handOver(token) else {
      isShut = true
      promise?.fail(ChannelError.ioOnClosedChannel)
      context.close(promise: nil)
      return
    }
    head.headers.remove(name: Self.header)
    var promise = promise
    if register.isAwaited(token) {
      let written = promise ?? context.eventLoop.makePromise(of: Void.self)
      written.futureResult.whenSuccess { [register] in register.left(token) }
      promise = written
    }
    context.write(Self.wrapOutboundOut(.head(head)), promise: promise)
  }

  /// Puts a gate into a new connection, between the HTTP client's handler and the encoder. Where
  /// that place cannot be found the connection fails, and no call goes out ungated.
  package static func install(
    on channel: any Channel, register: HandoverRegister
  ) -> EventLoopFuture<Void> {
    channel.eventLoop.submit {
      let pipeline = channel.pipeline.syncOperations
      let encoder = try pipeline.handler(type: HTTPRequestEncoder.self)
      try pipeline.addHandler(HandoverGate(register: register), position: .after(encoder))
    }
  }
}
