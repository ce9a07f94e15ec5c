import ActionProtocol
import Addressing
import Decisions
import Engine
import Foundation
import SMTP2GO

/// The way out through SMTP2GO: translates, reports, decides nothing.
struct SMTP2GOChannel: MessageChannel {
  let client: SMTP2GOClient
  /// The name under which the provider reports what the key sent.
  let keyUsername: String
  let blobs: any BlobPort
  let smsOptOut: SMSOptOut?

  /// The client asks right before it hands the request's head to a connection.
  var asksLeave: Bool { true }

  func send(_ message: OutgoingMessage) async -> CallOutcome {
    switch message.content {
    case .email(let email, let sender, let replyTo):
      do {
        let outgoing = try outgoing(email, sender, replyTo, message)
        return await client.send(outgoing, leave: message.leave).outcome
          .reported { $0.emailID ?? $0.scheduleID ?? "" }
      } catch {
        return .notSent(code: "attachment_unreadable")
      }
    case .sms(let sms, let sender):
      guard message.isForOperator || message.answersAreRead || smsOptOut != nil else {
        return SMSOptOut.unknownWay
      }
      let outgoing = OutgoingSMS(destination: [sms.to], content: sms.body, sender: sender)
      return await client.send(outgoing, leave: message.leave).outcome
        .reported { $0.messages.first?.messageID ?? "" }
    }
  }

  func search(_ org: OrgID, channel: OutreachChannel, since: Instant) async -> SearchAnswer {
    guard channel == .email else { return .unsupported(code: "sms_has_no_reference") }
    let query = ActivityQuery(
      startDate: since.date, customHeaders: [OperationEcho.header],
      limit: ActivityQuery.largestPage)
    let scan = await client.activity(query)
    var found: [String: String] = [:]
    for event in scan.events {
      guard let operation = event.header(OperationEcho.header), let id = event.emailID else {
        continue
      }
      found[operation] = id
    }
    if case .stopped(let result) = scan.end, found.isEmpty {
      return result.outcome.isForbidden
        ? .unsupported(code: "activity_not_permitted") : .failed(code: "activity_search_failed")
    }
    return .found(found)
  }

  var suppressions: (any VendorSuppressions)? { SMTP2GOSuppressions(client: client) }

  var senders: (any VendorSenders)? { SMTP2GOSenders(client: client) }

  func sentSMS(_ org: OrgID, since: Instant) async -> SentSMSAnswer {
    let result = await client.sentSMS(SMSPeriod(start: since.date, username: keyUsername))
    switch result.outcome {
    case .accepted(let messages), .acceptedInPart(let messages, _):
      return .found(messages.compactMap { ReportedSMS($0, key: keyUsername) })
    case .configuration, .refused:
      return result.outcome.isForbidden
        ? .unsupported(code: "sms_report_not_permitted") : .failed(code: "sms_report_failed")
    case .throttled, .notSent, .unknown:
      return .failed(code: "sms_report_failed")
    }
  }

  /// Whichever key an answer is filed under: the provider documents nothing about that, and a STOP
  /// that is overlooked is worse than one that is taken twice. Whom it concerns is decided by whom
  /// the org has written to.
  func replies(_ org: OrgID, since: Instant) async -> VendorAnswer<[SMSReply]> {
    let answer = await client.receivedSMS(SMSPeriod(start: since.date))
    return answer.outcome.answered { $0.compactMap(SMSReply.init) }
  }

  private func outgoing(
    _ email: SendEmail, _ sender: Mailbox, _ replyTo: Mailbox?, _ message: OutgoingMessage
  ) throws -> OutgoingEmail {
    var headers = [
      try OutgoingEmail.Header(OperationEcho.header, message.operation.rawValue),
      try OutgoingEmail.Header("Auto-Submitted", "auto-generated"),
    ]
    headers += try message.unsubscribe?.headers ?? []
    if let replyTo { headers.append(try OutgoingEmail.Header("Reply-To", replyTo.headerValue)) }
    return OutgoingEmail(
      sender: sender, to: email.to, cc: email.cc, bcc: email.bcc, subject: email.subject,
      textBody: email.bodyText, htmlBody: email.bodyHTML, customHeaders: headers,
      attachments: try email.attachments.map(attachment))
  }

  private func attachment(_ file: Attachment) throws -> OutgoingEmail.Attachment {
    guard let blob = try blobs.file(file.blobSHA256), blob.size == file.bytes else {
      throw MissingBlob()
    }
    // The client reads it from there while the request goes out.
    return OutgoingEmail.Attachment(
      filename: file.filename, mimetype: file.mediaType, source: .file(path: blob.path))
  }
}

extension OutgoingMessage {
  /// The engine's leave, in the client's words.
  fileprivate var leave: CallLeave? {
    departure.map { CallLeave(isAllowed: $0.isAllowed, left: $0.left) }
  }
}

/// A blob that was there when the action was approved is gone, or another.
private struct MissingBlob: Error {}

extension SMSReply {
  /// An answer; nil where it has no text or comes from no number, such as a short code.
  fileprivate init?(_ line: ReceivedSMS) {
    guard let text = line.content, let source = line.source else { return nil }
    let digits = source.filter { $0.isASCII && $0.isNumber }
    guard let from = try? PhoneNumber(e164: "+\(digits)") else { return nil }
    self.init(
      providerID: line.messageID, from: from, text: text, at: line.timestamp?.date?.instant)
  }
}

extension Date {
  fileprivate var instant: Instant {
    Instant(milliseconds: Int64((timeIntervalSince1970 * 1000).rounded(.down)))
  }
}

extension ReportedSMS {
  /// A line of the report; nil where it lacks what tells messages apart, or another key sent it.
  fileprivate init?(_ line: SentSMS, key: String) {
    guard let id = line.id, let text = line.content, let at = line.timestamp?.date,
      line.username.map({ $0 == key }) ?? true, let number = line.destination
    else { return nil }
    let digits = number.filter { $0.isASCII && $0.isNumber }
    guard let destination = try? PhoneNumber(e164: "+\(digits)") else { return nil }
    self.init(
      providerID: id, destination: destination, text: text, at: at.instant)
  }
}

extension Instant {
  var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }
}

extension Outcome {
  /// Whether the key may not use the endpoint: asking again is useless until somebody allows it.
  var isForbidden: Bool {
    if case .configuration(let refusal) = self { return refusal.concern == .permission }
    return false
  }

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
