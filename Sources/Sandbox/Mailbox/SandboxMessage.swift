public import Foundation

/// One accepted e-mail.
public struct SandboxMessage: Sendable, Equatable, Identifiable {
  /// The vendor's `email_id`.
  public var id: String
  /// The HTTP call that brought it.
  public var requestID: String
  public var receivedAt: Date
  /// As given: `Name <a@b>` or a bare address.
  public var sender: String
  public var to: [String]
  public var cc: [String]
  public var bcc: [String]
  public var subject: String
  public var textBody: String?
  public var htmlBody: String?
  /// What the sent mail carries, generated and custom ones alike, in order.
  public var headers: [SandboxHeader]
  public var attachments: [SandboxAttachment]
  public var inlines: [SandboxAttachment]
  /// The first 16 characters of the API key: the vendor's user name for it.
  public var keyUsername: String
  /// Set when the request asked for a later time.
  public var schedule: SandboxSchedule?
  public var templateID: String?
  /// The template's variables as JSON text.
  public var templateData: String?
  /// Names in the request that the documents do not know; the vendor's reaction is unknown.
  public var ignoredFields: [String]
  /// Whether the key was in the vendor's sandbox mode, which ends in `rejected`.
  public var isRejected: Bool
  /// The size of the request body in bytes.
  public var byteSize: Int

  /// The first value of a header, whatever its case.
  public func header(_ name: String) -> String? {
    headers.first { $0.name.isSameHeader(as: name) }?.value
  }

  /// Every address that gets a copy, once, without display names.
  public var recipients: [String] {
    var seen: Set<String> = []
    return (to + cc + bcc).map(AddressSyntax.address(of:)).filter {
      seen.insert($0.lowercased()).inserted
    }
  }

  /// When the mail leaves: the moment it came, or the schedule.
  public var sentAt: Date { schedule?.date ?? receivedAt }

  /// What happened to it: per recipient `processed` and then `delivered`, or `rejected`.
  public var statusEvents: [SandboxEvent] {
    let names: [SandboxEvent.Name] = isRejected ? [.rejected] : [.processed, .delivered]
    let recipients = recipients
    return names.flatMap { name in
      recipients.map { SandboxEvent(name: name, date: sentAt, recipient: $0) }
    }
  }

  /// The state in one word at a given time: `scheduled`, `delivered` or `rejected`.
  public func status(at now: Date) -> String {
    if sentAt > now { return "scheduled" }
    return isRejected ? "rejected" : "delivered"
  }
}

/// One header field.
public struct SandboxHeader: Sendable, Equatable {
  public var name: String
  public var value: String
}

/// What is known of an attachment; its content is checked and not kept.
public struct SandboxAttachment: Sendable, Equatable {
  public var filename: String
  public var mimetype: String?
  /// Decoded bytes; `nil` when only a URL was given.
  public var size: Int?
  public var url: String?
}

/// A send that was asked for later.
public struct SandboxSchedule: Sendable, Equatable {
  public var id: String
  public var date: Date
}

/// One event in the life of an e-mail, under the name that `/activity/search` uses.
public struct SandboxEvent: Sendable, Equatable {
  public enum Name: String, Sendable, CaseIterable {
    case processed
    case softBounced = "soft-bounced"
    case hardBounced = "hard-bounced"
    case rejected
    case spam
    case delivered
    case unsubscribed
    case resubscribed
    case opened
    case clicked
  }

  public var name: Name
  public var date: Date
  /// The bare address.
  public var recipient: String
}

extension String {
  /// Header names are compared without case (RFC 5322).
  func isSameHeader(as other: String) -> Bool {
    utf8.count == other.utf8.count
      && zip(utf8, other.utf8).allSatisfy { left, right in
        left == right || (left ^ right == 0x20 && left.isAlphanumeric && !left.isDigit)
      }
  }
}
