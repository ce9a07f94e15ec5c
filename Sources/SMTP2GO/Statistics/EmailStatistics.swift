/// The plan's current cycle (`/stats/email_cycle`).
public struct EmailCycle: Sendable, Hashable {
  /// When it began.
  public var start: VendorTime?
  /// When it ends.
  public var end: VendorTime?
  /// E-mails counted in it.
  public var used: Int?
  /// E-mails left in it.
  public var remaining: Int?
  /// E-mails that the plan allows in it.
  public var maximum: Int?
}

/// Bounces of the last 30 days (`/stats/email_bounces`).
public struct EmailBounces: Sendable, Hashable {
  /// E-mails sent.
  public var emails: Int?
  /// E-mails that the provider did not send on.
  public var rejects: Int?
  /// Refused for the moment.
  public var softBounces: Int?
  /// Refused for good.
  public var hardBounces: Int?
  /// In percent, 0 to 100.
  public var bouncePercent: Double?
}

/// Complaints of the last 30 days (`/stats/email_spam`).
public struct EmailSpam: Sendable, Hashable {
  /// E-mails sent.
  public var emails: Int?
  /// E-mails that the provider did not send on.
  public var rejects: Int?
  /// Complaints.
  public var spams: Int?
  /// In percent, 0 to 100.
  public var spamPercent: Double?
}

/// Unsubscriptions of the last 30 days (`/stats/email_unsubs`).
public struct EmailUnsubscribes: Sendable, Hashable {
  /// E-mails sent.
  public var emails: Int?
  /// E-mails that the provider did not send on.
  public var rejects: Int?
  /// Unsubscriptions.
  public var unsubscribes: Int?
  /// In percent, 0 to 100.
  public var unsubscribePercent: Double?
}

/// All of the above in one report (`/stats/email_summary`).
public struct EmailSummary: Sendable, Hashable {
  /// The plan's current cycle.
  public var cycle: EmailCycle
  /// E-mails sent in the last 30 days.
  public var emailCount: Int?
  /// E-mails that the provider did not send on.
  public var rejects: Int?
  /// Refused for the moment.
  public var softBounces: Int?
  /// Refused for good.
  public var hardBounces: Int?
  /// In percent, 0 to 100.
  public var bouncePercent: Double?
  /// Complaints.
  public var spamEmails: Int?
  /// In percent, 0 to 100.
  public var spamPercent: Double?
  /// Unsubscriptions.
  public var unsubscribes: Int?
  /// In percent, 0 to 100.
  public var unsubscribePercent: Double?
  /// E-mails opened.
  public var opens: Int?
  /// Links followed.
  public var clicks: Int?
}

extension EmailCycle {
  init(_ data: JSON) {
    self.init(
      start: VendorTime(data.first("cycle_start")), end: VendorTime(data.first("cycle_end")),
      used: data.first("cycle_used")?.integer, remaining: data.first("cycle_remaining")?.integer,
      maximum: data.first("cycle_max")?.integer)
  }
}

extension AnswerReader where Value: Equatable {
  /// Reads an object of which every field may be missing, but not all.
  fileprivate init(unless nothing: Value, _ read: @escaping @Sendable (JSON) -> Value) {
    self.init(reading: { data in
      let value = read(data)
      return value == nothing ? nil : value
    })
  }
}

extension AnswerReader where Value == EmailCycle {
  static let cycle = AnswerReader(unless: EmailCycle()) { EmailCycle($0) }
}

extension AnswerReader where Value == EmailBounces {
  static let bounces = AnswerReader(unless: EmailBounces()) { data in
    EmailBounces(
      emails: data.first("emails")?.integer, rejects: data.first("rejects")?.integer,
      softBounces: data.first("softbounces")?.integer,
      hardBounces: data.first("hardbounces")?.integer,
      bouncePercent: data.first("bounce_percent")?.decimal)
  }
}

extension AnswerReader where Value == EmailSpam {
  static let spam = AnswerReader(unless: EmailSpam()) { data in
    EmailSpam(
      emails: data.first("emails")?.integer, rejects: data.first("rejects")?.integer,
      spams: data.first("spams", "spam_emails")?.integer,
      spamPercent: data.first("spam_percent")?.decimal)
  }
}

extension AnswerReader where Value == EmailUnsubscribes {
  static let unsubscribes = AnswerReader(unless: EmailUnsubscribes()) { data in
    EmailUnsubscribes(
      emails: data.first("emails")?.integer, rejects: data.first("rejects")?.integer,
      unsubscribes: data.first("unsubscribes")?.integer,
      unsubscribePercent: data.first("unsubscribe_percent")?.decimal)
  }
}

extension AnswerReader where Value == EmailSummary {
  static let summary = AnswerReader(unless: EmailSummary(cycle: EmailCycle())) { data in
    EmailSummary(
      cycle: EmailCycle(data), emailCount: data.first("email_count", "emails")?.integer,
      rejects: data.first("rejects")?.integer, softBounces: data.first("softbounces")?.integer,
      hardBounces: data.first("hardbounces")?.integer,
      bouncePercent: data.first("bounce_percent")?.decimal,
      spamEmails: data.first("spam_emails", "spams")?.integer,
      spamPercent: data.first("spam_percent")?.decimal,
      unsubscribes: data.first("unsubscribes")?.integer,
      unsubscribePercent: data.first("unsubscribe_percent")?.decimal,
      opens: data.first("opens")?.integer, clicks: data.first("clicks")?.integer)
  }
}
