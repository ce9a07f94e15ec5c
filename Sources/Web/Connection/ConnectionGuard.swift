import HTTPTypes
import NIOCore
import NIOHTTP1

/// Keeps a connection within its limits, whatever the application does.
///
/// Stands directly behind the HTTP decoder, so it sees every request and every answer. It is used
/// on the connection's event loop only.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  private let limits: WebLimits
  private var machine: ConnectionMachine
  private var clock: Scheduled<Void>?
  private var context: ChannelHandlerContext?
  private var isInputClosed = false

  init(_ limits: WebLimits) {
    self.limits = limits
    machine = ConnectionMachine(bodyBytes: limits.bodyBytes)
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    perform(machine.opened(), context)
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    clock?.cancel()
    self.context = nil
  }

  func channelInactive(context: ChannelHandlerContext) {
    clock?.cancel()
    tellOfCut(context)
    context.fireChannelInactive()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case ChannelEvent.inputClosed? = event as? ChannelEvent {
      tellOfCut(context)
      isInputClosed = true
      // Whoever ends their side of an answer that goes on wants no more of it.
      if machine.isStreaming { context.close(promise: nil) }
    }
    context.fireUserInboundEventTriggered(event)
  }

  /// INVARIANT: half a body is never taken for a whole one. The application's reader counts the end
  /// of the connection as the end of the body, so it has to hear of the cut before.
  private func tellOfCut(_ context: ChannelHandlerContext) {
    if machine.isMidBody { context.fireErrorCaught(BodyCutOff()) }
  }

  /// Told by ``ArrivalTap``.
  func bytesArrived() {
    guard let context else { return }
    perform(machine.bytesArrived(), context)
  }

  // MARK: In

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !machine.isFinished else { return }
    switch unwrapInboundIn(data) {
    case .head(let head): read(head, context)
    case .body(let bytes): perform(machine.body(bytes: bytes.readableBytes), context)
    case .end: perform(machine.end(), context)
    }
    if !machine.isFinished { context.fireChannelRead(data) }
  }

  private func read(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    let announced = head.headers.first(name: "Content-Length").flatMap { Int($0) }
    // One request a connection in HTTP/1.0: its keep-alive was never more than a custom.
    let staysOpen = head.isKeepAlive && head.version == .http1_1
    perform(machine.head(announced: announced, staysOpen: staysOpen), context)
    let waits = head.headers[canonicalForm: "Expect"].contains { $0.lowercased() == "100-continue" }
    if waits, !machine.isFinished {
      let go = HTTPResponseHead(version: .http1_1, status: .continue)
      context.writeAndFlush(wrapOutboundOut(.head(go)), promise: nil)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if let fault = error as? HTTPParserError {
      perform(machine.unreadable(isTooLarge: fault == .headerOverflow), context)
    } else {
      // A broken handshake or connection: nobody is left to answer.
      context.close(promise: nil)
    }
  }

  // MARK: Out

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard !machine.isFinished else {
      promise?.fail(ChannelError.ioOnClosedChannel)
      return
    }
    switch unwrapOutboundIn(data) {
    case .head(var head):
      let ends = head.headers[canonicalForm: "Connection"].contains("close")
      if machine.answerBegins(ends: ends) {
        head.headers.replaceOrAdd(name: "Connection", value: "close")
      }
      context.write(wrapOutboundOut(.head(head)), promise: promise)
      if head.headers.first(name: "Content-Type") == "text/event-stream" {
        perform(machine.answerStreams(), context)
        if isInputClosed { context.close(promise: nil) }
      }
    case .body:
      context.write(data, promise: machine.isStreaming ? flowing(promise, context) : promise)
    case .end:
      context.write(data, promise: promise)
      perform(machine.answerEnded(), context)
    }
  }

  /// A part counts as taken when the system has taken it, which it does only as the client reads.
  private func flowing(
    _ promise: EventLoopPromise<Void>?, _ context: ChannelHandlerContext
  ) -> EventLoopPromise<Void> {
    let promise = promise ?? context.eventLoop.makePromise()
    promise.futureResult.assumeIsolated().whenSuccess {
      guard let context = self.context else { return }
      self.perform(self.machine.answerFlowed(), context)
    }
    return promise
  }

  private func perform(_ actions: [ConnectionMachine.Action], _ context: ChannelHandlerContext) {
    for action in actions {
      switch action {
      case .wait(let wait): start(wait, context)
      case .answer(let problem): answer(problem, context)
      case .finish:
        context.flush()
        context.close(mode: .output, promise: nil)
      case .close:
        clock?.cancel()
        context.close(promise: nil)
      }
    }
  }

  private func start(_ wait: ConnectionMachine.Wait, _ context: ChannelHandlerContext) {
    clock?.cancel()
    clock = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(limit(wait))) {
      guard let context = self.context else { return }
      self.perform(self.machine.ranOut(), context)
    }
  }

  private func limit(_ wait: ConnectionMachine.Wait) -> Duration {
    switch wait {
    case .head: limits.head
    case .body: limits.body
    case .answer: limits.answer
    case .flow: limits.flow
    case .idle: limits.idle
    case .linger: limits.linger
    }
  }

  private func answer(_ problem: Problem, _ context: ChannelHandlerContext) {
    let answer = WebAnswer.problem(problem, requestID: nil)
    var fields = SecurityFields.fields(contentPolicy: answer.contentPolicy, isSecure: false)
    for field in problem.fields { fields.append(field) }
    var head = HTTPResponseHead(
      version: .http1_1, status: HTTPResponseStatus(statusCode: problem.status.code))
    for field in fields { head.headers.add(name: field.name.canonicalName, value: field.value) }
    head.headers.add(name: "content-type", value: answer.mediaType)
    head.headers.add(name: "content-length", value: "\(answer.body.count)")
    head.headers.add(name: "connection", value: "close")
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: answer.body)))), promise: nil)
    context.write(wrapOutboundOut(.end(nil)), promise: nil)
  }
}

/// The connection ended within a body.
struct BodyCutOff: Error {}

/// Tells the guard that bytes have arrived: stands before everything else, so that also half a head
/// and a TLS handshake count.
final class ArrivalTap: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer

  private let listener: ConnectionGuard

  init(_ listener: ConnectionGuard) {
    self.listener = listener
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    listener.bytesArrived()
    context.fireChannelRead(data)
  }
}

/// Puts the guard and its tap where they belong; the server adds handlers only behind the decoder's
/// translation into other types.
final class GuardInstaller: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = Any

  private let limits: WebLimits

  init(_ limits: WebLimits) {
    self.limits = limits
  }

  func handlerAdded(context: ChannelHandlerContext) {
    let pipeline = context.pipeline.syncOperations
    let connection = ConnectionGuard(limits)
    do {
      let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
      try pipeline.addHandler(connection, position: .after(decoder))
      try pipeline.addHandler(ArrivalTap(connection), position: .first)
    } catch {
      // INVARIANT: no connection is served without its guard.
      context.close(promise: nil)
    }
  }
}
