import NIOCore
import Synchronization

/// Notices that a client has closed its side, also while nobody reads from it.
///
/// Stands in every connection's pipeline from its start, so that a client which leaves before its
/// request begins to hang is not missed.
final class PeerWatch: ChannelInboundHandler, RemovableChannelHandler, Sendable {
  typealias InboundIn = Any

  private struct State {
    var isGone = false
    var actions: [@Sendable () -> Void] = []
  }

  private let state = Mutex(State())

  /// Calls `action` when the peer has gone, or at once if it already has.
  func whenGone(_ action: @escaping @Sendable () -> Void) {
    let isGone = state.withLock { state in
      if !state.isGone { state.actions.append(action) }
      return state.isGone
    }
    if isGone { action() }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case ChannelEvent.inputClosed? = event as? ChannelEvent { notice() }
    context.fireUserInboundEventTriggered(event)
  }

  func channelInactive(context: ChannelHandlerContext) {
    notice()
    context.fireChannelInactive()
  }

  private func notice() {
    let actions = state.withLock { state in
      state.isGone = true
      defer { state.actions = [] }
      return state.actions
    }
    for action in actions { action() }
  }
}
