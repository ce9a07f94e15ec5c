import Foundation
import Synchronization

/// Everything the sandbox has accepted, in memory and, with a state file, on disk.
///
/// INVARIANT: what `record` returned from is in the state file.
final class MailboxStore: Sendable {
  private let state: Mutex<MailboxState>
  let spool = FileSpool()

  init(_ configuration: SandboxConfiguration) {
    var account = SandboxAccount()
    account.senders = configuration.verifiedSenders
    account.domains = configuration.verifiedDomains
    state = Mutex(
      MailboxState(
        account: account, maximumMessages: configuration.maximumMessages,
        maximumBytes: configuration.maximumBytes))
  }

  /// Reads the state file and keeps it open; what the memory held before is replaced.
  func open(stateFile path: String, synchronizes: Bool) throws {
    try state.withLock { state in
      state.reset()
      var records = 0
      var journal = try StateJournal.open(path, synchronizes: synchronizes) { record in
        records += 1
        state.apply(record)
      }
      if records > 2 * state.recordCount + 64 { try journal.replace(with: state.records) }
      state.journal = journal
      try spool.open(besides: path, keeping: state.fileIDs)
      _ = state.takeForgottenFiles()
    }
  }

  /// Lets go of the state file; the memory stays readable.
  func close() {
    state.withLock { state in
      state.journal?.release()
      state.journal = nil
    }
    spool.close()
  }

  /// Keeps one change; what it makes forgotten is removed from the disk too.
  func record(_ record: StateRecord) throws {
    // Encoding outside the lock costs nothing when no file is kept; the flag never turns on later.
    let line = state.withLock { $0.journal != nil } ? record.line : nil
    let forgotten = try state.withLock { state in
      if let line { try state.journal?.append(line) }
      state.apply(record)
      return state.takeForgottenFiles()
    }
    spool.remove(forgotten)
  }

  /// Forgets every message.
  func clear() throws {
    try rewrite(.cleared)
  }

  /// Forgets webhooks, suppressions, templates and replies.
  func clearAccount() throws {
    try rewrite(.accountCleared)
  }

  private func rewrite(_ record: StateRecord) throws {
    let forgotten = try state.withLock { state in
      var changed = state
      changed.apply(record)
      let records = changed.records
      try changed.journal?.replace(with: records)
      state = changed
      return state.takeForgottenFiles()
    }
    spool.remove(forgotten)
  }

  var messages: ArraySlice<SandboxMessage> { state.withLock(\.messages) }

  var sms: [SandboxSMS] { state.withLock(\.sms) }

  var account: SandboxAccount { state.withLock(\.account) }

  /// Something of the account, without a copy of the rest.
  func account<Value: Sendable>(_ read: (SandboxAccount) -> Value) -> Value {
    state.withLock { read($0.account) }
  }

  var counts: (messages: Int, sms: Int) {
    state.withLock { ($0.messages.count, $0.sms.count) }
  }

  /// How many messages were forgotten to keep within bounds.
  var forgotten: Int { state.withLock(\.forgotten) }

  func message(id: String) -> SandboxMessage? {
    state.withLock { $0.message(id) }
  }

  /// The scheduled mails that should have left by now; nobody else gets them.
  func takeDue(at now: Date) -> [SandboxMessage] {
    state.withLock { $0.takeDue(at: now) }
  }

  /// What could not be sent is due again.
  func putBack(_ message: SandboxMessage) {
    state.withLock { $0.putBack(message) }
  }

  /// The number of the next webhook.
  func nextWebhookID() -> Int {
    state.withLock { state in
      defer { state.account.nextWebhookID += 1 }
      return state.account.nextWebhookID
    }
  }
}
