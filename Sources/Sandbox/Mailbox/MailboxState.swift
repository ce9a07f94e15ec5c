import Foundation

/// The memory of a sandbox, and how each change alters it.
struct MailboxState: Sendable {
  private(set) var messages: ArraySlice<SandboxMessage> = []
  private(set) var sms: [SandboxSMS] = []
  var account: SandboxAccount
  var journal: StateJournal?
  /// Scheduled mails that have not left, with their moment.
  private(set) var pending: [String: Date] = [:]
  private(set) var forgotten = 0
  /// Positions in `messages`, which keep their numbers when older ones go.
  private var positions: [String: Int] = [:]
  private var bytes = 0
  private var fileBytes = 0
  private var forgottenFiles: [String] = []
  private let maximumMessages: Int
  private let maximumBytes: Int
  private let initialAccount: SandboxAccount

  init(account: SandboxAccount, maximumMessages: Int, maximumBytes: Int) {
    self.account = account
    initialAccount = account
    self.maximumMessages = max(1, maximumMessages)
    self.maximumBytes = maximumBytes
  }

  mutating func reset() {
    self = MailboxState(
      account: initialAccount, maximumMessages: maximumMessages, maximumBytes: maximumBytes)
  }

  func message(_ id: String) -> SandboxMessage? {
    positions[id].map { messages[$0] }
  }

  /// The scheduled mails that should have left by now; nobody else gets them.
  mutating func takeDue(at now: Date) -> [SandboxMessage] {
    guard !pending.isEmpty else { return [] }
    let due = pending.filter { $0.value <= now }.keys.sorted()
    for id in due { pending[id] = nil }
    return due.compactMap(message)
  }

  mutating func putBack(_ message: SandboxMessage) {
    pending[message.id] = message.sentAt
  }

  mutating func takeForgottenFiles() -> [String] {
    guard !forgottenFiles.isEmpty else { return [] }
    defer { forgottenFiles = [] }
    return forgottenFiles
  }

  mutating func apply(_ record: StateRecord) {
    switch record {
    case .email(let message): add(message)
    case .sms(let messages):
      sms.append(contentsOf: messages)
      if sms.count > maximumMessages { forgetSMS() }
    case .cleared: clear()
    case .settled(let id, let fates):
      change(id) { message in
        message.fates = fates
        message.isSettled = true
      }
    case .cancelled(let id): change(id) { $0.isCancelled = true }
    case .event(let id, let event): change(id) { $0.laterEvents.append(event) }
    default: applyToAccount(record)
    }
  }

  private mutating func applyToAccount(_ record: StateRecord) {
    switch record {
    case .suppressed(let suppression): account.suppressions.add(suppression)
    case .unsuppressed(let address, let reason): account.suppressions.remove(address, reason)
    case .webhook(let webhook): account.put(webhook)
    case .webhookRemoved(let id): account.webhooks.removeAll { $0.id == id }
    case .template(let template): account.put(template)
    case .templateRemoved(let id): account.templates.removeAll { $0.id == id }
    case .reply(let reply): account.add(reply)
    case .senders(let senders, let domains):
      account.senders = senders
      account.domains = domains
      account.changedSenders = true
    case .accountCleared: account = initialAccount
    default: break
    }
  }

  private mutating func change(_ id: String, _ change: (inout SandboxMessage) -> Void) {
    guard let position = positions[id] else { return }
    change(&messages[position])
    if messages[position].isSettled || messages[position].isCancelled { pending[id] = nil }
  }

  // MARK: - Bounds

  private mutating func add(_ message: SandboxMessage) {
    positions[message.id] = messages.endIndex
    messages.append(message)
    if !message.isSettled { pending[message.id] = message.sentAt }
    bytes += message.textSize
    fileBytes += message.fileSize
    if messages.count > maximumMessages || bytes > maximumBytes
      || fileBytes / 8 > maximumBytes
    {
      forgetOldest()
    }
  }

  /// An eighth at a time, so that the cost is spread; always keeps the newest.
  private mutating func forgetOldest() {
    var count = 0
    let goal = max(1, messages.count / 8)
    while messages.count > 1,
      count < goal || bytes > maximumBytes || fileBytes / 8 > maximumBytes,
      let message = messages.first
    {
      forget(message)
      // The slice keeps what lies before it until it is copied; it shall not keep the texts.
      messages[messages.startIndex].empty()
      messages.removeFirst()
      count += 1
    }
    forgotten += count
  }

  private mutating func forgetSMS() {
    let count = max(1, sms.count / 8)
    sms.removeFirst(count)
    forgotten += count
  }

  private mutating func forget(_ message: SandboxMessage) {
    positions[message.id] = nil
    pending[message.id] = nil
    bytes -= message.textSize
    fileBytes -= message.fileSize
    forgottenFiles += message.fileIDs
  }

  private mutating func clear() {
    forgottenFiles += messages.flatMap(\.fileIDs)
    messages = []
    positions = [:]
    pending = [:]
    sms = []
    account.clearReplies()
    bytes = 0
    fileBytes = 0
  }

  // MARK: - What a new state file would hold

  var recordCount: Int {
    messages.count + sms.count + account.suppressions.all.count + account.webhooks.count
      + account.templates.count + account.replies.count
  }

  var fileIDs: Set<String> { Set(messages.flatMap(\.fileIDs)) }

  var records: [StateRecord] {
    var records: [StateRecord] = []
    if account.changedSenders {
      records.append(.senders(account.senders, domains: account.domains))
    }
    records += account.webhooks.map(StateRecord.webhook)
    records += account.templates.map(StateRecord.template)
    records += account.suppressions.sorted.map(StateRecord.suppressed)
    records += messages.map(StateRecord.email)
    records += sms.map { StateRecord.sms([$0]) }
    return records + account.replies.map(StateRecord.reply)
  }
}

extension SandboxMessage {
  /// Roughly what it takes in memory.
  fileprivate var textSize: Int {
    1000 + (textBody?.utf8.count ?? 0) + (htmlBody?.utf8.count ?? 0)
      + (templateData?.utf8.count ?? 0)
  }

  fileprivate mutating func empty() {
    textBody = nil
    htmlBody = nil
    templateData = nil
    headers = []
  }

  fileprivate var files: [SandboxAttachment] { attachments + inlines }

  fileprivate var fileSize: Int {
    files.reduce(0) { $0 + ($1.contentID == nil ? 0 : $1.size ?? 0) }
      + (sourceID == nil ? 0 : byteSize)
  }

  fileprivate var fileIDs: [String] {
    attachments.compactMap(\.contentID) + inlines.compactMap(\.contentID)
      + (sourceID.map { [$0] } ?? [])
  }
}
