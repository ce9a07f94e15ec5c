import Decisions
import Synchronization

/// What became of the records of one run, on the way from whoever writes them to the one who waits for
/// them. Thread-safe.
final class RecordedResults: Sendable {
  /// One record.
  struct Entry: Sendable {
    /// Whose place is free now; nil where it was free before.
    let lane: SlotLane?
    let result: Result<ExecutionReport, any Error>
  }

  private struct State {
    var entries: [Entry] = []
    var reader: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  func add(_ entry: Entry) {
    let reader = state.withLock { state in
      state.entries.append(entry)
      defer { state.reader = nil }
      return state.reader
    }
    reader?.resume()
  }

  /// Everything that came since the last time; waits for the first of it. For one reader at a time, who
  /// knows that there will be something: cancellation ends no waiting.
  func next() async -> [Entry] {
    while true {
      let entries = state.withLock { state in
        defer { state.entries = [] }
        return state.entries
      }
      if !entries.isEmpty { return entries }
      await withCheckedContinuation { reader in
        let isReady = state.withLock { state in
          if state.entries.isEmpty { state.reader = reader }
          return !state.entries.isEmpty
        }
        if isReady { reader.resume() }
      }
    }
  }
}
