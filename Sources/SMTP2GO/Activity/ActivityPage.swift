/// One page of events.
public struct ActivityPage: Sendable, Hashable {
  /// The events, in the provider's order.
  public var events: [ActivityEvent]
  /// How many events the whole query has, where told.
  public var totalEvents: Int?
  /// Where to go on; nil on the last page.
  public var continueToken: String?
}

/// All pages of a query, as far as they could be read.
///
/// What was read counts even where a later page failed: an event proves, a missing one does not.
public struct ActivityScan: Sendable {
  /// How a scan ended.
  public enum End: Sendable {
    /// Every page was read.
    case complete
    /// The page limit was reached; more events exist.
    case pageLimit
    /// A page could not be read.
    case stopped(CallResult<ActivityPage>)
  }

  /// The events of all pages that were read.
  public var events: [ActivityEvent]
  /// How many pages were asked for, for keeping within 60 a minute.
  public var pages: Int
  /// How it ended.
  public var end: End
}

extension ActivityScan {
  /// True where every page was read.
  public var isComplete: Bool {
    if case .complete = end { return true }
    return false
  }
}

extension AnswerReader where Value == ActivityPage {
  static let activity = AnswerReader(
    read: { data in
      guard let events = data.first("events") ?? (data["events"] == .null ? .array([]) : nil),
        let elements = events.array
      else { return .incomplete }
      return .accepted(
        ActivityPage(
          events: elements.map { ActivityEvent($0) },
          totalEvents: data.first("total_events")?.integer,
          continueToken: data.first("continue_token")?.nonEmptyText))
    },
    proves: { _ in false })
}
