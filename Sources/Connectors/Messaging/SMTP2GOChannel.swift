import ActionProtocol
import Addressing
import Decisions
import Engine
import Foundation
import SMTP2GO

/// The way out through SMTP2GO: translates, reports, decides nothing.
struct SMTP2GOChannel: MessageChannel {
  /// The header by which a message is found again.
  static let operationHeader = "X-AIOM-Operation"

  let client: SMTP2GOClient
  let blobs: any BlobPort

  func send(_ message: OutgoingMessage) async -> CallOutcome {
    switch message.content {
    case .email(let email, let sender, let replyTo):
      do {
        let outgoing = try outgoing(email, sender, replyTo, message.operation)
        return await client.send(outgoing).outcome.reported { $0.emailID ?? $0.scheduleID ?? "" }
      } catch {
        return .notSent(code: "attachment_unreadable")
      }
    case .sms(let sms, let sender):
      let outgoing = OutgoingSMS(destination: [sms.to], content: sms.body, sender: sender)
      return await client.send(outgoing).outcome.reported { $0.messages.first?.messageID ?? "" }
    }
  }

  func search(_ org: OrgID, channel: OutreachChannel, since: Instant) async -> SearchAnswer {
    guard channel == .email else { return .unsupported(code: "sms_has_no_reference") }
    let query = ActivityQuery(
      startDate: Date(timeIntervalSince1970: Double(since.milliseconds) / 1000),
      customHeaders: [Self.operationHeader], limit: ActivityQuery.largestPage)
    let scan = await client.activity(query)
    var found: [String: String] = [:]
    for event in scan.events {
      guard let operation = event.header(Self.operationHeader), let id = event.emailID else {
        continue
      }
      found[operation] = id
    }
    if !found.isEmpty || scan.isComplete { return .found(found) }
    return .failed(code: "activity_search_failed")
  }

  private func outgoing(
    _ email: SendEmail, _ sender: Mailbox, _ replyTo: Mailbox?, _ operation: OperationID
  ) throws -> OutgoingEmail {
    var headers = [
      try OutgoingEmail.Header(Self.operationHeader, operation.rawValue),
      try OutgoingEmail.Header("Auto-Submitted", "auto-generated"),
    ]
    if let replyTo { headers.append(try OutgoingEmail.Header("Reply-To", replyTo.headerValue)) }
    return OutgoingEmail(
      sender: sender, to: email.to, cc: email.cc, bcc: email.bcc, subject: email.subject,
      textBody: email.bodyText, htmlBody: email.bodyHTML, customHeaders: headers,
      attachments: try email.attachments.map(attachment))
  }

  private func attachment(_ file: Attachment) throws -> OutgoingEmail.Attachment {
    guard let content = try blobs.bytes(file.blobSHA256) else { throw MissingBlob() }
    return OutgoingEmail.Attachment(
      filename: file.filename, mimetype: file.mediaType, content: content)
  }
}

/// A blob that was there when the action was approved is gone.
private struct MissingBlob: Error {}

extension Outcome {
  /// The engine's word for the provider's answer.
  func reported(_ id: (Value) -> String) -> CallOutcome {
    switch self {
    case .accepted(let value):
      .accepted(providerID: id(value), warnings: [])
    case .acceptedInPart(let value, let refused):
      .accepted(
        providerID: id(value), warnings: refused.isEmpty ? ["some recipients refused"] : refused)
    case .refused(let refusal):
      .refused(code: "provider.\(refusal.code)", message: refusal.message)
    case .throttled(let retryAfter):
      .throttled(retryAfter: retryAfter)
    case .notSent(let reason):
      .notSent(code: reason.rawValue)
    case .unknown(let reason):
      .unknown(code: reason.rawValue)
    case .configuration(let refusal):
      .configuration(
        code: "\(refusal.concern?.rawValue ?? "account").\(refusal.code)",
        message: refusal.message)
    }
  }
}
