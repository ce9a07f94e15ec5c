import Foundation

/// What became of each message of a batch, in the order in which they were given.
public struct BatchReceipt: Sendable, Equatable {
  /// One outcome a message; `accepted`, `refused`, `configuration`, `throttled` or `unknown`.
  public var messages: [Outcome<EmailReceipt>]

  /// Builds a receipt.
  public init(messages: [Outcome<EmailReceipt>]) {
    self.messages = messages
  }
}

extension BatchReceipt: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// How many messages fell into which class.
  public var description: String {
    let counts = messages.reduce(into: [String: Int]()) { $0[$1.label, default: 0] += 1 }
    let parts = counts.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    return "BatchReceipt(\(parts.joined(separator: ", ")))"
  }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children: refusals may name recipients.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension AnswerReader where Value == BatchReceipt {
  /// An element for each message, in their order. A list of another length says of no message what
  /// became of it.
  static func batch(count: Int) -> AnswerReader {
    AnswerReader(
      read: { data in
        guard let elements = data.array else { return whole(data) }
        guard elements.count == count else { return .incomplete }
        return verdict(BatchReceipt(messages: elements.map(OutcomeClassifier.element)))
      },
      proves: { data in
        (data.array ?? [data]).contains { AnswerReader<EmailReceipt>.email.proves($0) }
      })
  }

  /// No list, but an answer as for a single message: it counts only where it refuses everything.
  private static func whole(_ data: JSON) -> Verdict {
    guard case .refused(let texts) = AnswerReader<EmailReceipt>.email.read(data) else {
      return .incomplete
    }
    return .refused(texts)
  }

  private static func verdict(_ receipt: BatchReceipt) -> Verdict {
    let labels = Set(receipt.messages.map(\.label))
    if labels == ["accepted"] { return .accepted(receipt) }
    let texts = receipt.messages.compactMap(\.refusalText)
    if receipt.messages.contains(where: { $0.value != nil }) {
      return .acceptedInPart(receipt, refused: texts)
    }
    return labels.contains("unknown") || labels.contains("throttled")
      ? .incomplete : .refused(texts)
  }
}

extension Outcome {
  fileprivate var refusalText: String? {
    switch self {
    case .refused(let refusal), .configuration(let refusal): refusal.message
    case .acceptedInPart(_, let refused): refused.joined(separator: "; ")
    default: nil
    }
  }
}

/// The body of `/email/batch`.
enum BatchRequest {
  /// The most messages in one batch. The contract names no number; a careful third party does.
  static let largest = 1000

  static func refusal(_ emails: [OutgoingEmail], now: Date) -> Refusal? {
    if emails.isEmpty { return .local("no_email", "The batch is empty.") }
    if emails.count > largest { return .local("too_many_emails", "More than 1000 e-mails.") }
    for email in emails {
      if email.fastAccept {
        return .local("fast_accept", "The provider knows no fast accept in a batch.")
      }
      if email.subject.isEmpty {
        return .local("no_subject", "An e-mail in a batch needs a subject, with a template too.")
      }
      if let refusal = email.refusal(now: now) { return refusal }
    }
    return nil
  }

  static func encoded(_ emails: [OutgoingEmail]) throws(OpenFile.Fault) -> RequestBody {
    var opened: [(OutgoingEmail, [OpenAttachment], [OpenAttachment])] = []
    for email in emails {
      opened.append((email, try email.attachments.opened(), try email.inlines.opened()))
    }
    return JSONWriter.object(capacity: emails.count * 1024) { writer in
      writer.key("emails")
      writer.array(opened) { writer, entry in
        entry.0.write(entry.1, entry.2, inBatch: true, into: &writer)
      }
    }
  }
}
