import Foundation
import Synchronization

/// Everything the sandbox has accepted, in memory and, with a state file, on disk.
///
/// INVARIANT: what `accept` returned from is in the state file.
final class MailboxStore: Sendable {
  private struct State {
    var messages: [SandboxMessage] = []
    var positions: [String: Int] = [:]
    var sms: [SandboxSMS] = []
    var journal: StateJournal?
  }

  private let state = Mutex(State())

  /// Reads the state file and keeps it open; what the memory held before is replaced.
  func open(stateFile path: String, synchronizes: Bool) throws {
    let (journal, records) = try StateJournal.open(path, synchronizes: synchronizes)
    state.withLock { state in
      state = State()
      for record in records { Self.apply(record, to: &state) }
      state.journal = journal
    }
  }

  /// Lets go of the state file; the memory stays readable.
  func close() {
    state.withLock { $0.journal = nil }
  }

  func accept(_ message: SandboxMessage) throws {
    try record(.email(message))
  }

  func accept(_ messages: [SandboxSMS]) throws {
    try record(.sms(messages))
  }

  func clear() throws {
    try record(.cleared)
  }

  var messages: [SandboxMessage] { state.withLock(\.messages) }

  var sms: [SandboxSMS] { state.withLock(\.sms) }

  var counts: (messages: Int, sms: Int) {
    state.withLock { ($0.messages.count, $0.sms.count) }
  }

  func message(id: String) -> SandboxMessage? {
    state.withLock { state in state.positions[id].map { state.messages[$0] } }
  }

  private func record(_ record: StateJournal.Record) throws {
    // Encoding outside the lock costs nothing when no file is kept; the flag never turns on later.
    let line = state.withLock { $0.journal != nil } ? record.line : nil
    try state.withLock { state in
      if let line { try state.journal?.append(line) }
      Self.apply(record, to: &state)
    }
  }

  private static func apply(_ record: StateJournal.Record, to state: inout State) {
    switch record {
    case .email(let message):
      state.positions[message.id] = state.messages.count
      state.messages.append(message)
    case .sms(let messages):
      state.sms.append(contentsOf: messages)
    case .cleared:
      state.messages = []
      state.positions = [:]
      state.sms = []
    }
  }
}
