/// What arrived: the sandbox's outbox for tests and pages. Safe to use from anywhere.
public struct SandboxMailbox: Sendable {
  let store: MailboxStore

  /// Every accepted e-mail in the order of acceptance.
  public func messages() async -> [SandboxMessage] {
    Array(store.messages)
  }

  /// How many e-mails were accepted.
  public var count: Int {
    get async { store.counts.messages }
  }

  /// The e-mail with this `email_id`.
  public func message(id: String) async -> SandboxMessage? {
    store.message(id: id)
  }

  /// The e-mails that carry a header with exactly this value; the name's case does not count.
  public func messages(withHeader name: String, value: String) async -> [SandboxMessage] {
    store.messages.filter { message in
      message.headers.contains { $0.value == value && $0.name.isSameHeader(as: name) }
    }
  }

  /// Every accepted text message, one per number, in the order of acceptance.
  public func sms() async -> [SandboxSMS] {
    store.sms
  }

  /// Forgets everything, in the state file too.
  ///
  /// - Throws: when the state file cannot be written; nothing is forgotten then.
  public func clear() async throws {
    try store.clear()
  }
}
