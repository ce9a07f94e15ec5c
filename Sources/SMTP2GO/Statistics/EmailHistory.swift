import Foundation

/// What was sent, by sender, user, domain or subaccount (`/stats/email_history`).
public struct EmailHistory: Sendable, Hashable {
  /// By what the rows are formed.
  public enum Grouping: String, Sendable, CaseIterable {
    /// By sender address, the provider's default.
    case emailAddress = "email_address"
    /// By key or user name.
    case username
    /// By sender domain.
    case domain
    /// By subaccount.
    case subaccount
  }

  /// One sender, user, domain or subaccount. Every field may be missing.
  public struct Row: Sendable, Hashable {
    /// What the row is about: an address, a user name, a domain or a subaccount's name.
    public var subject: String?
    /// The note on the user.
    public var description: String?
    /// Whether the domain is verified.
    public var isDomainVerified: Bool?
    /// E-mails sent.
    public var used: Int?
    /// Bytes sent.
    public var byteCount: Int?
    /// Mean size in bytes.
    public var averageSize: Double?
    /// The network address last used.
    public var lastIP: String?
    /// Bounces.
    public var bounces: Int?
    /// Links followed.
    public var clicks: Int?
    /// E-mails opened.
    public var opens: Int?
    /// E-mails that the provider did not send on.
    public var rejects: Int?
    /// Complaints.
    public var spam: Int?
    /// Unsubscriptions.
    public var unsubscribes: Int?
  }

  /// Shares of all e-mails, in percent, 0 to 100.
  public struct Percentages: Sendable, Hashable {
    /// That bounced.
    public var bounces: Double?
    /// That were opened.
    public var opens: Double?
    /// That the provider did not send on.
    public var rejects: Double?
    /// That were reported.
    public var spam: Double?
    /// That led to an unsubscription.
    public var unsubscribes: Double?
  }

  /// How many rows there are, where told.
  public var count: Int?
  /// Shares of all e-mails.
  public var percentages: Percentages
  /// The rows.
  public var rows: [Row]
}

extension AnswerReader where Value == EmailHistory {
  static let history = AnswerReader(reading: { data in
    guard let rows = data.array ?? data["history"]?.array else { return nil }
    return EmailHistory(
      count: data.first("count")?.integer, percentages: EmailHistory.Percentages(data),
      rows: rows.map { EmailHistory.Row($0) })
  })
}

extension EmailHistory.Percentages {
  fileprivate init(_ data: JSON) {
    self.init(
      bounces: data.first("bounce_percent_total")?.decimal,
      opens: data.first("open_percent_total")?.decimal,
      rejects: data.first("reject_percent_total")?.decimal,
      spam: data.first("spam_percent_total")?.decimal,
      unsubscribes: data.first("unsubscribe_percent_total")?.decimal)
  }
}

extension EmailHistory.Row {
  fileprivate init(_ row: JSON) {
    self.init(
      subject: row.first("email_address", "username", "domain", "subaccount")?.nonEmptyText,
      description: row.first("description")?.nonEmptyText,
      isDomainVerified: row.first("domain_verified")?.bool, used: row.first("used")?.integer,
      byteCount: row.first("bytecount")?.integer, averageSize: row.first("avgsize")?.decimal,
      lastIP: row.first("lastip")?.nonEmptyText, bounces: row.first("bounces")?.integer,
      clicks: row.first("clicks")?.integer, opens: row.first("opens")?.integer,
      rejects: row.first("rejects")?.integer, spam: row.first("spam")?.integer,
      unsubscribes: row.first("unsubscribes")?.integer)
  }
}

extension EmailHistory: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// How many rows it holds.
  public var description: String { "EmailHistory(\(rows.count))" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children: rows name addresses.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension EmailHistory.Row: CustomReflectable {
  /// Without children: a row names an address.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
