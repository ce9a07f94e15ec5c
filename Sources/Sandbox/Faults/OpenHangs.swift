import NIOCore
import Synchronization

/// The requests that will never be answered.
///
/// Each waits until its peer goes away or the sandbox stops; a stopping sandbox must not wait for
/// them.
final class OpenHangs: Sendable {
  private struct State {
    var isClosing = false
    var channels: [ObjectIdentifier: any Channel] = [:]
  }

  private let state = Mutex(State())

  /// How many requests hang now.
  var count: Int { state.withLock(\.channels.count) }

  /// Waits, without an answer, until the peer closes its side. The connection is gone afterwards.
  func hang(on channel: any Channel) async throws {
    let (gone, signal) = AsyncStream<Void>.makeStream()
    let watch = try await channel.pipeline.handler(type: PeerWatch.self).get()
    watch.whenGone { signal.finish() }
    let id = ObjectIdentifier(channel)
    let isClosing = state.withLock { state in
      if !state.isClosing { state.channels[id] = channel }
      return state.isClosing
    }
    if isClosing { signal.finish() }
    for await _ in gone {}
    state.withLock { _ = $0.channels.removeValue(forKey: id) }
    try await channel.close()
  }

  /// Ends every hang, now and from now on.
  func closeAll() {
    let channels = state.withLock { state in
      state.isClosing = true
      return Array(state.channels.values)
    }
    for channel in channels { channel.close(promise: nil) }
  }

  /// Lets requests hang again.
  func reopen() {
    state.withLock { $0.isClosing = false }
  }
}
