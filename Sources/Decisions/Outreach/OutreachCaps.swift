/// Whom a message is for, as far as limits go.
public enum OutreachAudience: String, CaseIterable, Hashable, Sendable {
  /// Somebody the org deals with.
  case customer
  /// A person of the org itself (``MessageClass/internal``).
  case `internal`

  public init(_ kind: MessageClass) {
    self = kind == .internal ? .internal : .customer
  }
}

/// A limit on how many messages of a channel something gets in a sliding span of time: of the messages
/// in `(now - span, now]` there are never more than the limit.
public struct OutreachCap: Hashable, Sendable {
  /// What the messages are counted for.
  public enum Subject: String, CaseIterable, Hashable, Sendable {
    /// All messages of the org.
    case org
    /// A commercial partner with all its contacts.
    case partner
    /// One address or number.
    case recipient
    /// The domain of an address; providers of mailboxes for everybody are not counted.
    case domain
  }

  /// The span.
  public enum Span: String, CaseIterable, Hashable, Sendable {
    case hour, day

    public var duration: Duration {
      switch self {
      case .hour: .seconds(3600)
      case .day: .seconds(86_400)
      }
    }
  }

  public let audience: OutreachAudience
  public let channel: OutreachChannel
  public let subject: Subject
  public let span: Span

  public init(
    _ audience: OutreachAudience, _ channel: OutreachChannel, _ subject: Subject, _ span: Span
  ) {
    self.audience = audience
    self.channel = channel
    self.subject = subject
    self.span = span
  }

  /// `email.org.hour`, `internal.sms.recipient.day`: the name in settings and on the command line.
  public var name: String {
    (audience == .internal ? "internal." : "")
      + "\(channel.rawValue).\(subject.rawValue).\(span.rawValue)"
  }

  /// The cap of a ``name``.
  public init?(name: String) {
    guard let found = OutreachCaps.all.first(where: { $0.name == name }) else { return nil }
    self = found
  }

  /// The rule's id in a ``GuardReason``: `cap.org.hour`.
  public var rule: String { "cap.\(subject.rawValue).\(span.rawValue)" }
}

/// The caps of an org.
public struct OutreachCaps: Hashable, Sendable {
  /// The most that can be set.
  public static let most = 1_000_000

  /// Every cap that can be set, in the order in which people read them.
  ///
  /// A text message has no domain, and who works for the org is no partner of it.
  public static let all: [OutreachCap] = OutreachAudience.allCases.flatMap { audience in
    OutreachChannel.allCases.flatMap { channel in
      OutreachCap.Subject.allCases.filter { subject in
        (channel == .email || subject != .domain)
          && (audience == .customer || [.org, .recipient].contains(subject))
      }.flatMap { subject in
        OutreachCap.Span.allCases.map { OutreachCap(audience, channel, subject, $0) }
      }
    }
  }

  /// Of ENGINE.md "Outreach guard" for the org and the partner. Those of a recipient are the partner's,
  /// so that one without a record in the books is not written to more often; those of a domain and of
  /// the org's own people are our own choice.
  public static let standard = OutreachCaps(limits: [
    OutreachCap(.customer, .email, .org, .hour): 100,
    OutreachCap(.customer, .email, .org, .day): 500,
    OutreachCap(.customer, .email, .partner, .day): 3,
    OutreachCap(.customer, .email, .recipient, .day): 3,
    OutreachCap(.customer, .email, .domain, .hour): 20,
    OutreachCap(.customer, .sms, .org, .hour): 20,
    OutreachCap(.customer, .sms, .org, .day): 50,
    OutreachCap(.customer, .sms, .partner, .day): 2,
    OutreachCap(.customer, .sms, .recipient, .day): 2,
    OutreachCap(.internal, .email, .org, .hour): 100,
    OutreachCap(.internal, .email, .recipient, .day): 50,
    OutreachCap(.internal, .sms, .org, .hour): 20,
    OutreachCap(.internal, .sms, .recipient, .day): 10,
  ])

  /// No limit at all: for measuring.
  public static let none = OutreachCaps(limits: [:])

  private var limits: [OutreachCap: Int]

  private init(limits: [OutreachCap: Int]) { self.limits = limits }

  /// The limit of a cap, 1 to ``most``; nil where there is none.
  public subscript(cap: OutreachCap) -> Int? {
    get { limits[cap] }
    set { limits[cap] = newValue }
  }

  /// The caps that bind a message, with their limits.
  func binding(
    _ audience: OutreachAudience, _ channel: OutreachChannel
  ) -> [(cap: OutreachCap, limit: Int)] {
    Self.all.compactMap { cap in
      guard cap.audience == audience, cap.channel == channel, let limit = limits[cap] else {
        return nil
      }
      return (cap, limit)
    }
  }

  /// What has to be known of a subject for its caps: the ranks of past messages, the latest first.
  ///
  /// Of two spans of one subject each needs one rank alone; further messages that are counted before
  /// this one move it up.
  /// - Parameter ahead: how many messages may be counted on top of what is stored, before this one.
  /// - Returns: ranges of ranks (0 = the latest), one for each span that is limited.
  public func ranks(
    _ audience: OutreachAudience, _ channel: OutreachChannel, _ subject: OutreachCap.Subject,
    ahead: Int = 0
  ) -> [RankedSpan] {
    OutreachCap.Span.allCases.compactMap { span in
      guard let limit = limits[OutreachCap(audience, channel, subject, span)] else { return nil }
      return RankedSpan(span: span, ranks: max(0, limit - 1 - ahead)..<limit)
    }
  }
}

extension OutreachCaps {
  /// The same for every subject; of those that many messages share others may be counted ahead.
  public func ranks(
    _ audience: OutreachAudience, _ channel: OutreachChannel, ahead: Int = 0
  ) -> [OutreachCap.Subject: [RankedSpan]] {
    var all: [OutreachCap.Subject: [RankedSpan]] = [:]
    for subject in OutreachCap.Subject.allCases {
      let isShared = subject == .org || subject == .domain
      all[subject] = ranks(audience, channel, subject, ahead: isShared ? ahead : 0)
    }
    return all
  }
}

/// Which past messages a cap has to know.
public struct RankedSpan: Hashable, Sendable {
  public let span: OutreachCap.Span
  /// 0 is the latest message.
  public let ranks: Range<Int>

  public init(span: OutreachCap.Span, ranks: Range<Int>) {
    self.span = span
    self.ranks = ranks
  }
}
