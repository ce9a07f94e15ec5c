/// A message that waits at the provider for its time.
public struct ScheduledEmail: Sendable, Hashable {
  /// Its id, for `removeScheduled`.
  public var scheduleID: String
  /// When it will be sent.
  public var schedule: VendorTime?
  /// Who it comes from.
  public var sender: String?
  /// Its subject.
  public var subject: String?
  /// Its recipients, as one text.
  public var recipients: String?
  /// The network address from which it was scheduled.
  public var clientIP: String?
}

/// Which scheduled messages to look for; what is not given does not filter.
public struct ScheduledQuery: Sendable, Equatable {
  /// The id of one message.
  public var scheduleID: String?
  /// Part of the subject.
  public var subject: String?
  /// The recipient.
  public var recipient: String?
  /// The sender.
  public var sender: String?
  /// Messages per page; nil leaves the provider's 1000.
  public var limit: Int?
  /// The page, beginning with 1.
  public var page: Int?

  /// Builds a query.
  public init(
    scheduleID: String? = nil, subject: String? = nil, recipient: String? = nil,
    sender: String? = nil, limit: Int? = nil, page: Int? = nil
  ) {
    self.scheduleID = scheduleID
    self.subject = subject
    self.recipient = recipient
    self.sender = sender
    self.limit = limit
    self.page = page
  }
}

extension SMTP2GOClient {
  /// Reads the messages that wait for their time (`/email/scheduled/search`).
  public func searchScheduled(
    _ query: ScheduledQuery = ScheduledQuery()
  ) async -> CallResult<[ScheduledEmail]> {
    let body = JSONWriter.object { writer in
      writer.field("schedule_id", query.scheduleID)
      writer.field("search_subject", query.subject)
      writer.field("search_recipient", query.recipient)
      writer.field("search_sender", query.sender)
      writer.field("limit", query.limit)
      writer.field("page", query.page)
    }
    return await call(.scheduledSearch, body, reader: .scheduled)
  }

  /// Takes back a message that waits for its time (`/email/scheduled/remove`). The provider does
  /// not document its answer: any without an error counts.
  public func removeScheduled(_ scheduleID: String) async -> CallResult<Acknowledgement> {
    let body = JSONWriter.object { $0.field("schedule_id", scheduleID) }
    return await call(.scheduledRemove, body, reader: .acknowledgement)
  }
}

extension AnswerReader where Value == [ScheduledEmail] {
  static let scheduled = AnswerReader(
    reading: { data in
      let list = data.array ?? data["results"]?.array ?? data["emails"]?.array
      return list?.compactMap { ScheduledEmail($0) }
    },
    takesBareList: true)
}

extension ScheduledEmail {
  fileprivate init?(_ json: JSON) {
    guard let id = json.first("schedule_id", "id")?.nonEmptyText else { return nil }
    let recipients = json.first("recipients")
    self.init(
      scheduleID: id, schedule: VendorTime(json.first("schedule")),
      sender: json.first("sender")?.nonEmptyText, subject: json.first("subject")?.text,
      recipients: recipients?.nonEmptyText
        ?? recipients?.array?.compactMap(\.nonEmptyText).joined(separator: ", "),
      clientIP: json.first("client_ip")?.nonEmptyText)
  }
}

extension ScheduledEmail: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The type's name only.
  public var description: String { "ScheduledEmail(redacted)" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children: they name addresses.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension ScheduledQuery: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The type's name only.
  public var description: String { "ScheduledQuery(redacted)" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children: filters name addresses.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
