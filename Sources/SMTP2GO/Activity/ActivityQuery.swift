import Foundation

/// What to look for in the account's activity (`/activity/search`, 60 requests a minute).
///
/// Text filters are substrings; header values cannot be filtered by the provider, only returned.
public struct ActivityQuery: Sendable, Equatable {
  /// A region whose activity is searched.
  public enum DataRegion: String, Sendable, CaseIterable {
    /// United States.
    case us
    /// European Union.
    case eu
    /// Australia.
    case au
  }

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
  /// Only the latest event of each message, in the order of sending; wins over `onlyLatest`.
  public var onlyLatestBySent: Bool = false
  /// Return each message's headers whole.
  public var includeHeaders: Bool = false
  /// Only messages of these users or key names.
  public var usernames: [String] = []
  /// Only messages of these subaccounts.
  public var subaccounts: [String] = []
  /// Where the subaccounts are, if elsewhere than the account.
  public var region: DataRegion?
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
  func encoded() -> RequestBody {
    JSONWriter.object { writer in
      writer.field("start_date", VendorTime(startDate))
      writer.field("end_date", endDate.map { VendorTime($0) })
      writer.field("search", search)
      writer.field("search_recipient", recipient)
      writer.field("search_sender", sender)
      writer.field("search_subject", subject)
      writer.field("search_email_id", emailID)
      writer.field("search_usernames", usernames)
      writer.field("subaccounts", subaccounts)
      writer.field("event_types", kinds.map(\.rawValue))
      writer.field("custom_headers", customHeaders)
      if includeHeaders { writer.field("include_headers", true) }
      if onlyLatest { writer.field("only_latest", true) }
      if onlyLatestBySent { writer.field("only_latest_by_sent", true) }
      writer.field("region", region?.rawValue)
      writer.field("limit", min(max(limit, 1), Self.largestPage))
      writer.field("continue_token", continueToken)
    }
  }
}
