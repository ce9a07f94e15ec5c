import ActionProtocol
import Addressing
import Decisions
import Insights

/// A company that AIOM works for. Everything else is keyed by its id.
public struct Organisation: Hashable, Sendable {
  public var profile: CompanyProfile
  public var mode: OrgMode
  /// The default sender of e-mails; nil until one is set, and then no e-mail can be proposed.
  public var sender: Mailbox?
  public var replyTo: Mailbox?
  /// A number of the org's own; nil = the provider's shared numbers.
  public var smsSender: PhoneNumber?
  /// Further names under which it writes, oldest first. Read with the org and stored apart
  /// (``SenderWriting``): saving the org leaves them as they are.
  public var identities: [SenderIdentity]
  /// Where the provider's key is found: `env:NAME` or `file:PATH`. Never the key itself.
  public var smtp2goKey: String
  /// Where its books are.
  public var books: OrgBooks
  /// Seconds between an approval and the first moment it is carried out; 0 = at once.
  public var undoSeconds: Int
  /// Cool-downs, caps and the pace after quiet hours.
  public var outreach: OutreachRules
  /// Days overdue at which the reminder levels begin.
  public var ladder: [Int]
  /// How often, from which amount on, and on what payments customers are reminded.
  public var reminders: ReminderRules = .standard
  /// Since when customers get a confirmation of what they pay; nil: they get none. What was paid, or became
  /// known, before is never confirmed.
  public var confirmsPaymentsSince: Instant?
  /// Whether colleagues are told of their overdue tasks.
  public var notifiesTasks = false
  /// Whether persons get an e-mail about what waits for them, what rules want them to know, and briefings.
  public var tellsPersons = false
  /// From when on its figures are an alert.
  public var finance = FinanceRules()
  /// Its share of the work where several orgs have some, and what its channels may do.
  public var limits: OrgLimits
  public var createdAt: Instant
  /// The active version of its policy; nil before the first one is stored. Read with the org and changed
  /// by ``PolicyWriting/activate(_:)`` alone: saving the org leaves it as it is.
  public var policyVersion: Int64?

  public var id: OrgID { profile.orgID }

  /// How long a partner is left alone.
  public var coolDowns: CoolDowns {
    get { outreach.coolDowns }
    set { outreach.coolDowns = newValue }
  }

  /// How many messages go out at most.
  public var caps: OutreachCaps {
    get { outreach.caps }
    set { outreach.caps = newValue }
  }

  public init(
    profile: CompanyProfile, mode: OrgMode, sender: Mailbox?, replyTo: Mailbox? = nil,
    smsSender: PhoneNumber? = nil, identities: [SenderIdentity] = [],
    smtp2goKey: String = "env:SMTP2GO_API_KEY", books: OrgBooks = .ledger,
    undoSeconds: Int = 60, outreach: OutreachRules = .standard, ladder: [Int] = [15, 30, 60, 90],
    limits: OrgLimits = .standard, createdAt: Instant
  ) {
    self.profile = profile
    self.mode = mode
    self.sender = sender
    self.replyTo = replyTo
    self.smsSender = smsSender
    self.identities = identities
    self.smtp2goKey = smtp2goKey
    self.books = books
    self.undoSeconds = undoSeconds
    self.outreach = outreach
    self.ladder = ladder
    self.limits = limits
    self.createdAt = createdAt
  }
}
