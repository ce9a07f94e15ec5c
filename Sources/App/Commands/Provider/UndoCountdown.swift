import ActionProtocol
import Engine

/// Waits for the undo window to pass, visibly.
struct UndoCountdown: Sendable {
  let console: Console

  func wait(for state: ActionState) async {
    guard let hold = state.hold, hold.reason == .undoWindow, let end = hold.until else { return }
    let isTerminal = StandardStream.error.isTerminal
    if !isTerminal {
      let left = (end.milliseconds - SystemClock.now().milliseconds + 999) / 1000
      console.note("undo window: \(max(left, 0)) s")
    }
    while !Task.isCancelled {
      let left = end.milliseconds - SystemClock.now().milliseconds
      if left <= 0 { break }
      if isTerminal {
        StandardStream.error.write("\rundo window: \((left + 999) / 1000) s  ")
      }
      let pause = min(left, isTerminal ? left % 1000 + 1 : left)
      do { try await Task.sleep(for: .milliseconds(pause)) } catch { break }
    }
    if isTerminal { StandardStream.error.write("\r                         \r") }
  }
}
