import Foundation
import Synchronization

/// Progress on standard error: a line that is rewritten on a terminal, a line now and then elsewhere.
final class ProgressLine: Sendable {
  private struct State {
    var shownAt = ContinuousClock.now
    var width = 0
  }

  private let isTerminal = StandardStream.error.isTerminal
  private let isQuiet: Bool
  private let state = Mutex(State())

  init(quiet: Bool) { isQuiet = quiet }

  /// Shows the text, at most ten times a second on a terminal and every five seconds elsewhere.
  func show(_ text: @autoclosure () -> String) {
    if isQuiet { return }
    let interval: Duration = isTerminal ? .milliseconds(100) : .seconds(5)
    state.withLock { state in
      guard ContinuousClock.now - state.shownAt >= interval else { return }
      state.shownAt = .now
      let line = text()
      guard isTerminal else { return StandardStream.error.write(line + "\n") }
      let gap = String(repeating: " ", count: max(0, state.width - line.count))
      StandardStream.error.write("\r\(line)\(gap)")
      state.width = line.count
    }
  }

  /// Wipes the line.
  func end() {
    state.withLock { state in
      guard isTerminal, state.width > 0 else { return }
      StandardStream.error.write("\r\(String(repeating: " ", count: state.width))\r")
      state.width = 0
    }
  }
}
