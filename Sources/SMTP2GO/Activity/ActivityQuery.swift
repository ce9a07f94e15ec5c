import Foundation
import NIOCore

/// What to look for in the account's activity (`/activity/search`, 60 requests a minute).
///
/// Text filters are substrings; header values cannot be filtered by the provider, only returned.
public struct ActivityQuery: Sendable, Equatable {
  /// The most events that one page may hold.
  public static let largestPage = 1000

  /// Inclusive. The provider's own default is today 00:00 UTC, so that it is always given here.
  public var startDate: Date
  /// Exclusive; nil means now.
  public var endDate: Date?
  /// Any of message id, subject, recipients; `a | b` means or.
  public var search: String?
  /// Part of the recipient's address.
  public var recipient: String?
  /// Part of the sender's address.
  public var sender: String?
  /// Part of the subject.
  public var subject: String?
  /// The message id.
  public var emailID: String?
  /// Only these kinds of event; empty means all.
  public var kinds: [ActivityEvent.Kind]
  /// Names of headers to return with each event.
  public var customHeaders: [String]
  /// Only the latest event of each message.
  public var onlyLatest: Bool
  /// Events per page, 1 to 1000.
  public var limit: Int
  /// Where to go on, from the page before; the rest of the query must stay the same.
  public var continueToken: String?

  /// Builds a query; what is not given does not filter.
  public init(
    startDate: Date, endDate: Date? = nil, search: String? = nil, recipient: String? = nil,
    sender: String? = nil, subject: String? = nil, emailID: String? = nil,
    kinds: [ActivityEvent.Kind] = [], customHeaders: [String] = [], onlyLatest: Bool = false,
    limit: Int = ActivityQuery.largestPage, continueToken: String? = nil
  ) {
    self.startDate = startDate
    self.endDate = endDate
    self.search = search
    self.recipient = recipient
    self.sender = sender
    self.subject = subject
    self.emailID = emailID
    self.kinds = kinds
    self.customHeaders = customHeaders
    self.onlyLatest = onlyLatest
    self.limit = limit
    self.continueToken = continueToken
  }
}

extension ActivityQuery: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The type's name only.
  public var description: String { "ActivityQuery(redacted)" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children: filters name addresses.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension ActivityQuery {
  func encoded() -> ByteBuffer {
    var writer = JSONWriter(capacity: 512)
    writer.object { writer in
      writer.key("start_date")
      writer.string(Self.text(startDate))
      Self.write(endDate.map(Self.text), "end_date", into: &writer)
      Self.write(search, "search", into: &writer)
      Self.write(recipient, "search_recipient", into: &writer)
      Self.write(sender, "search_sender", into: &writer)
      Self.write(subject, "search_subject", into: &writer)
      Self.write(emailID, "search_email_id", into: &writer)
      Self.write(kinds.map(\.rawValue), "event_types", into: &writer)
      Self.write(customHeaders, "custom_headers", into: &writer)
      if onlyLatest {
        writer.key("only_latest")
        writer.bool(true)
      }
      writer.key("limit")
      writer.integer(min(max(limit, 1), Self.largestPage))
      Self.write(continueToken, "continue_token", into: &writer)
    }
    return writer.buffer
  }

  /// RFC 3339 in UTC with milliseconds.
  private static func text(_ date: Date) -> String {
    date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }

  private static func write(_ text: String?, _ key: StaticString, into writer: inout JSONWriter) {
    guard let text, !text.isEmpty else { return }
    writer.key(key)
    writer.string(text)
  }

  private static func write(_ texts: [String], _ key: StaticString, into writer: inout JSONWriter) {
    if texts.isEmpty { return }
    writer.key(key)
    writer.array(texts) { writer, text in writer.string(text) }
  }
}
