import Foundation
import Glibc
import Synchronization

/// The clients of the webhook benchmark: each has one connection and a thread, and posts until all
/// is answered with 200.
final class WebhookClients: Sendable {
  private struct State {
    var next = 0
    var done = 0
    var repeated = 0
    var milliseconds: [Double] = []
  }

  private let load: WebhookLoad
  private let connections: Int
  private let port: @Sendable () -> Int
  private let state = Mutex(State())

  init(_ load: WebhookLoad, connections: Int, port: @escaping @Sendable () -> Int) {
    self.load = load
    self.connections = connections
    self.port = port
  }

  var milliseconds: [Double] { state.withLock(\.milliseconds) }
  var repeated: Int { state.withLock(\.repeated) }

  /// - Parameter progress: told the number of answered posts, on the caller's thread, often.
  func run(_ progress: (Int) -> Void) {
    let ended = DispatchGroup()
    for _ in 0..<connections {
      ended.enter()
      Thread.detachNewThread {
        self.post()
        ended.leave()
      }
    }
    while ended.wait(timeout: .now() + .milliseconds(5)) == .timedOut {
      progress(state.withLock(\.done))
    }
  }

  private func post() {
    var connection: LoopbackClient?
    while let index = take() {
      while true {
        let open = connection ?? LoopbackClient(port: port())
        let begun = ContinuousClock.now
        if let open, open.answer(to: load.requests[index])?.status == 200 {
          connection = open
          note(ContinuousClock.now - begun)
          break
        }
        connection = nil
        state.withLock { $0.repeated += 1 }
        usleep(5000)
      }
    }
  }

  private func take() -> Int? {
    state.withLock { state in
      guard state.next < load.requests.count else { return nil }
      defer { state.next += 1 }
      return state.next
    }
  }

  private func note(_ duration: Duration) {
    let milliseconds =
      Double(duration.components.seconds) * 1000
      + Double(duration.components.attoseconds) / 1e15
    state.withLock { state in
      state.done += 1
      state.milliseconds.append(milliseconds)
    }
  }
}
