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
  /// Where the mail as it was given to `/email/mime` lies.
  public var sourceID: String?
  /// What becomes of recipients for whom it is not simply delivered.
  public var fates: [SandboxFate] = []
  /// What happened after all that: an opening that a test asked for.
  public var laterEvents: [SandboxEvent] = []
  /// Whether a scheduled mail was removed before it left.
  public var isCancelled = false
  /// Whether its recipients' fates are decided, which is when it leaves.
  public var isSettled = true
  /// What goes wrong when others are told of it.
  public var trackingFaults: [SandboxFault] = []

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

  /// What becomes of it, step by step: per recipient `processed` and then `delivered`, unless its
  /// fate is another; `rejected` for a key in sandbox mode.
  public var statusEvents: [SandboxEvent] {
    guard !isCancelled else { return [] }
    let usual = SandboxFate(
      recipient: "", events: isRejected ? [.rejected] : [.processed, .delivered],
      reason: isRejected ? "API key is in sandbox mode" : nil)
    let paths = recipients.map { ($0, fates.isEmpty ? usual : fate(of: $0) ?? usual) }
    let steps = paths.map { $0.1.events.count }.max() ?? 0
    return (0..<steps).flatMap { step in
      paths.compactMap { recipient, fate in
        guard step < fate.events.count else { return nil }
        return SandboxEvent(
          name: fate.events[step], date: sentAt, recipient: recipient, reason: fate.reason)
      }
    } + laterEvents
  }

  private func fate(of recipient: String) -> SandboxFate? {
    let address = recipient.lowercased()
    return fates.first { $0.recipient == address }
  }

  /// The state in one word at a given time: `scheduled`, `cancelled`, `delivered`, `processed`,
  /// `bounced` or `rejected`, the worst of its recipients.
  public func status(at now: Date) -> String {
    if isCancelled { return "cancelled" }
    if sentAt > now { return "scheduled" }
    let names = Set(statusEvents.map(\.name))
    if names.contains(.rejected) { return "rejected" }
    if names.contains(.hardBounced) || names.contains(.softBounced) { return "bounced" }
    return names.contains(.delivered) ? "delivered" : "processed"
  }
}

/// What becomes of one recipient's copy.
public struct SandboxFate: Sendable, Equatable {
  /// The bare address in lower case.
  public var recipient: String
  public var events: [SandboxEvent.Name]
  /// Why it was rejected.
  public var reason: String?
}

/// One header field.
public struct SandboxHeader: Sendable, Equatable {
  public var name: String
  public var value: String
}

/// A file that came with a message.
public struct SandboxAttachment: Sendable, Equatable {
  public var filename: String
  public var mimetype: String?
  /// Decoded bytes; `nil` when only a URL was given.
  public var size: Int?
  public var url: String?
  /// Where its content lies.
  public var contentID: String?
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
  /// Why it was rejected.
  public var reason: String?
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
