import Foundation

extension SMTP2GOClient {
  /// Cycle, bounces, complaints and unsubscriptions in one report (`/stats/email_summary`).
  ///
  /// - Parameter username: Only this user's or key name's e-mails.
  public func emailSummary(username: String? = nil) async -> CallResult<EmailSummary> {
    await call(.statsSummary, Self.body(username), reader: .summary)
  }

  /// The plan's current cycle (`/stats/email_cycle`).
  public func emailCycle() async -> CallResult<EmailCycle> {
    await call(.statsCycle, reader: .cycle)
  }

  /// Bounces of the last 30 days (`/stats/email_bounces`).
  public func emailBounces(username: String? = nil) async -> CallResult<EmailBounces> {
    await call(.statsBounces, Self.body(username), reader: .bounces)
  }

  /// Complaints of the last 30 days (`/stats/email_spam`).
  public func emailSpam(username: String? = nil) async -> CallResult<EmailSpam> {
    await call(.statsSpam, Self.body(username), reader: .spam)
  }

  /// Unsubscriptions of the last 30 days (`/stats/email_unsubs`).
  public func emailUnsubscribes(username: String? = nil) async -> CallResult<EmailUnsubscribes> {
    await call(.statsUnsubscribes, Self.body(username), reader: .unsubscribes)
  }

  /// What was sent in a period, by sender, user, domain or subaccount (`/stats/email_history`).
  ///
  /// - Parameters:
  ///   - start: nil leaves the provider's 30 days ago.
  ///   - end: nil means now.
  ///   - subaccounts: Only these subaccounts; empty means all.
  public func emailHistory(
    by grouping: EmailHistory.Grouping = .emailAddress, start: Date? = nil, end: Date? = nil,
    subaccounts: [String] = []
  ) async -> CallResult<EmailHistory> {
    let body = JSONWriter.object { writer in
      writer.field("group_by", grouping.rawValue)
      writer.field("start_date", start.map { VendorTime($0) })
      writer.field("end_date", end.map { VendorTime($0) })
      writer.field("subaccounts", subaccounts)
    }
    return await call(.statsHistory, body, reader: .history)
  }

  private static func body(_ username: String?) -> RequestBody {
    JSONWriter.object { $0.field("username", username) }
  }
}
