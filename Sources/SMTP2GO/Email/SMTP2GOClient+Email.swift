import Foundation
import NIOPosix

extension SMTP2GOClient {
  /// Sends one e-mail (`/email/send`).
  ///
  /// Not idempotent: a second call is a second e-mail. What can be refused here is refused without
  /// a request, with a code that starts with `client.`. Files are read while the request goes out;
  /// memory does not grow with them.
  /// - Parameter leave: asked right before the first byte; refused, the outcome is `notSent`.
  public func send(
    _ email: OutgoingEmail, leave: CallLeave? = nil
  ) async -> CallResult<EmailReceipt> {
    if let refusal = email.refusal(now: Date()) { return refuse(.emailSend, refusal) }
    let hasFiles = email.attachments.hasFiles || email.inlines.hasFiles
    return await send(.emailSend, reader: .email, hasFiles: hasFiles, leave: leave) {
      try email.encoded()
    }
  }

  /// Sends one e-mail as a whole MIME message (`/email/mime`): only where a thread needs a
  /// Message-ID of one's own. As `send(_: OutgoingEmail)` otherwise.
  public func send(_ email: ThreadedEmail) async -> CallResult<EmailReceipt> {
    if let refusal = email.refusal(now: Date()) { return refuse(.emailMIME, refusal) }
    let hasFiles = email.email.attachments.hasFiles || email.email.inlines.hasFiles
    return await send(.emailMIME, reader: .email, hasFiles: hasFiles) { try email.encoded() }
  }

  /// Sends a MIME message that was built elsewhere (`/email/mime`), without looking into it.
  public func sendMIME(
    _ message: [UInt8], schedule: Date? = nil, fastAccept: Bool = false
  ) async -> CallResult<EmailReceipt> {
    if message.isEmpty { return refuse(.emailMIME, .local("no_body", "The message is empty.")) }
    if let refusal = OutgoingEmail.refusal(schedule: schedule, now: Date()) {
      return refuse(.emailMIME, refusal)
    }
    let body = MIMERequest.encoded(
      ArraySource(message), schedule: schedule, fastAccept: fastAccept)
    return await call(.emailMIME, body, reader: .email)
  }

  /// Sends up to 1000 e-mails with one request (`/email/batch`).
  ///
  /// The receipt says of each, in the same order, what became of it. `accepted` means that all were
  /// taken, `acceptedInPart` that some were: the others may or may not be sent again, as their own
  /// outcomes say.
  public func send(batch emails: [OutgoingEmail]) async -> CallResult<BatchReceipt> {
    let now = Date()
    if let refusal = BatchRequest.refusal(emails, now: now) { return refuse(.emailBatch, refusal) }
    let hasFiles = emails.contains { $0.attachments.hasFiles || $0.inlines.hasFiles }
    let reader = AnswerReader.batch(count: emails.count)
    return await send(.emailBatch, reader: reader, hasFiles: hasFiles) {
      try BatchRequest.encoded(emails)
    }
  }

  /// Opens the files, on a thread that may wait for a disk, and makes the call.
  private func send<Value>(
    _ endpoint: Endpoint, reader: AnswerReader<Value>, hasFiles: Bool, leave: CallLeave? = nil,
    _ encode: @escaping @Sendable () throws -> RequestBody
  ) async -> CallResult<Value> {
    do {
      let body =
        hasFiles ? try await NIOThreadPool.singleton.runIfActive(encode) : try encode()
      return await call(endpoint, body, reader: reader, leave: leave)
    } catch let problem as BodyRefusal {
      return refuse(endpoint, problem.refusal)
    } catch {
      return refuse(endpoint, .unreadableFile)
    }
  }
}
