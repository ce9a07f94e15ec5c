import Foundation

/// A message that the provider keeps, where archiving is on. Every field may be missing.
public struct ArchivedEmail: Sendable, Hashable {
  /// The message's id, by which events name it.
  public var emailID: String?
  /// The envelope's sender.
  public var envelopeFrom: String?
  /// The sender.
  public var sender: String?
  /// The recipient.
  public var recipient: String?
  /// What the To header says.
  public var to: String?
  /// The subject.
  public var subject: String?
  /// When it was sent.
  public var sent: VendorTime?
  /// Its headers, whole.
  public var headers: String?
  /// Its size.
  public var byteCount: Int?
  /// How many files are attached.
  public var attachmentCount: Int?
  /// Where the whole message can be had.
  public var url: String?
  /// The key's or user's name.
  public var username: String?
}

/// Which archived messages to look for; what is not given does not filter.
public struct ArchiveQuery: Sendable, Equatable {
  /// The most messages that one page may hold.
  public static let largestPage = 5000

  /// Inclusive. The provider's own default is today 00:00 UTC, so that it is always given here.
  public var start: Date
  /// Exclusive; nil means now.
  public var end: Date?
  /// Messages per page, 1 to 5000; nil leaves the provider's 5000.
  public var limit: Int?
  /// The key's or user's name.
  public var username: String?
  /// The recipient.
  public var recipient: String?
  /// The sender.
  public var sender: String?
  /// The envelope's sender.
  public var envelopeFrom: String?
  /// The subject.
  public var subject: String?
  /// Part of the headers: the only filter on headers that the provider has.
  public var headers: String?
  /// Where to go on, from the page before; the rest of the query must stay the same.
  public var continueToken: String?

  /// Builds a query.
  public init(
    start: Date, end: Date? = nil, limit: Int? = nil, username: String? = nil,
    recipient: String? = nil, sender: String? = nil, envelopeFrom: String? = nil,
    subject: String? = nil, headers: String? = nil, continueToken: String? = nil
  ) {
    self.start = start
    self.end = end
    self.limit = limit
    self.username = username
    self.recipient = recipient
    self.sender = sender
    self.envelopeFrom = envelopeFrom
    self.subject = subject
    self.headers = headers
    self.continueToken = continueToken
  }
}

/// One page of archived messages.
public struct ArchivePage: Sendable, Hashable {
  /// The messages.
  public var emails: [ArchivedEmail]
  /// How many there are, where told.
  public var emailCount: Int?
  /// Where to go on; nil on the last page.
  public var continueToken: String?
}

extension ArchiveQuery {
  func encoded() -> RequestBody {
    JSONWriter.object { writer in
      writer.field("start_date", VendorTime(start))
      writer.field("end_date", end.map { VendorTime($0) })
      writer.field("limit", limit.map { min(max($0, 1), Self.largestPage) })
      writer.field("username", username)
      writer.field("recipient", recipient)
      writer.field("sender", sender)
      writer.field("envelope_from", envelopeFrom)
      writer.field("subject", subject)
      writer.field("headers", headers)
      writer.field("continue_token", continueToken)
    }
  }
}

extension ArchivedEmail {
  init(_ json: JSON) {
    self.init(
      emailID: json.first("email_id")?.nonEmptyText,
      envelopeFrom: json.first("envelope_from")?.nonEmptyText,
      sender: json.first("sender")?.nonEmptyText,
      recipient: json.first("recipient")?.nonEmptyText, to: json.first("to")?.nonEmptyText,
      subject: json.first("subject")?.text, sent: VendorTime(json.first("sent")),
      headers: json.first("headers")?.nonEmptyText,
      byteCount: json.first("byte_count")?.integer,
      attachmentCount: json.first("attachment_count")?.integer,
      url: json.first("url")?.nonEmptyText, username: json.first("username")?.nonEmptyText)
  }
}

extension ArchivedEmail: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The type's name only.
  public var description: String { "ArchivedEmail(redacted)" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children: they name addresses.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension ArchiveQuery: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The type's name only.
  public var description: String { "ArchiveQuery(redacted)" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children: filters name addresses.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
