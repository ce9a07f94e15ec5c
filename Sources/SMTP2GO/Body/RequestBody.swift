import AsyncHTTPClient
import NIOCore
import NIOPosix
import Synchronization

/// What goes out as the body of one request, with its exact length.
struct RequestBody: Sendable {
  /// The body of a call without fields.
  static let empty = JSONWriter.object(capacity: 2) { _ in }

  /// How many bytes are under way at a time: memory does not grow with the body.
  static let pieceSize = 192 * 1024

  private let source: JoinedSource

  init(_ source: JoinedSource) {
    self.source = source
  }

  var length: Int { source.length }

  /// All bytes; for tests and for bodies that are known to be small.
  func collected() throws -> ByteBuffer {
    var (source, result) = (source, ByteBuffer())
    while var piece = try source.next(Self.pieceSize) { result.writeBuffer(&piece) }
    return result
  }

  var http: HTTPClient.Body {
    if let buffer = source.single { return .byteBuffer(buffer) }
    let source = source
    return .stream(contentLength: Int64(length)) { writer in
      // Writing nothing tells on which loop the request is. On that very loop the body must end:
      // a quick answer may come before the end could hop over, and then the connection is closed.
      writer.write(.byteBuffer(ByteBuffer())).flatMapWithEventLoop { _, loop in
        let done = loop.makePromise(of: Void.self)
        BodyPump(source, writer, done).step()
        return done.futureResult
      }
    }
  }
}

/// Hands a body over, one piece after the other: each is read, on a thread that may wait for a
/// disk, when the one before has been taken.
private final class BodyPump: Sendable {
  private struct State {
    var source: JoinedSource
    var missing: Int
  }

  private let state: Mutex<State>
  private let writer: HTTPClient.Body.StreamWriter
  private let done: EventLoopPromise<Void>

  init(
    _ source: JoinedSource, _ writer: HTTPClient.Body.StreamWriter, _ done: EventLoopPromise<Void>
  ) {
    state = Mutex(State(source: source, missing: source.length))
    self.writer = writer
    self.done = done
  }

  func step() {
    let loop = done.futureResult.eventLoop
    NIOThreadPool.singleton.runIfActive(eventLoop: loop) { try self.read() }
      .whenComplete { result in
        switch result {
        case .success(let (piece, isLast)): self.write(piece, isLast: isLast)
        case .failure(let error): self.done.fail(error)
        }
      }
  }

  private func read() throws -> (piece: ByteBuffer, isLast: Bool) {
    try state.withLock { state in
      let piece = try state.source.next(RequestBody.pieceSize) ?? ByteBuffer()
      state.missing -= piece.readableBytes
      return (piece, state.missing <= 0 || piece.readableBytes == 0)
    }
  }

  private func write(_ piece: ByteBuffer, isLast: Bool) {
    writer.write(.byteBuffer(piece)).whenComplete { result in
      switch result {
      case .success: isLast ? self.done.succeed() : self.step()
      case .failure(let error): self.done.fail(error)
      }
    }
  }
}
