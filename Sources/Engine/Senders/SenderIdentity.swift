import ActionProtocol
import Addressing

/// The short name of a sender within its org, such as `ann` or `billing`.
public struct SenderID: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let rawValue: String

  /// 1 to 50 of `a`-`z`, `0`-`9` and `-`, beginning with a letter or digit. `org` is the org's own.
  public init?(rawValue: String) {
    let isPlain = rawValue.utf8.allSatisfy { byte in
      (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
    }
    guard isPlain, (1...50).contains(rawValue.utf8.count), rawValue.first != "-",
      rawValue != Self.reserved
    else { return nil }
    self.rawValue = rawValue
  }

  /// How lists name the sender that the org's settings hold; no identity can have it.
  public static let reserved = "org"

  public var description: String { rawValue }

  public static func < (left: SenderID, right: SenderID) -> Bool {
    left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
  }
}

/// A person who looks after records: a user of Odoo, or of the embedded ledger.
public struct Salesperson: Hashable, Sendable {
  /// Odoo's model of users.
  public static let model = "res.users"

  /// The id in `res.users`, positive.
  public var userID: Int64
  /// For people: whose messages these are.
  public var name: String

  public init(userID: Int64, name: String) {
    self.userID = userID
    self.name = name
  }
}

/// A kind of message that a sender may stand over.
public enum SenderPurpose: String, CaseIterable, Hashable, Comparable, Sendable {
  /// A stalled deal is taken up again.
  case dealFollowUp = "deal_follow_up"
  /// How a deal's decision stands.
  case dealCheckIn = "deal_check_in"
  /// A planned check-in with a customer, by e-mail or SMS.
  case customerCheckIn = "customer_check_in"
  case invoiceReminder = "invoice_reminder"
  case paymentConfirmation = "payment_confirmation"
  case taskNotification = "task_notification"
  /// A message that a person or an agent worded.
  case customMessage = "custom_message"
  case smsAlert = "sms_alert"

  /// What goes out under the name of whoever looks after the record, where nothing else is said.
  public static let personal: Set<SenderPurpose> = [.dealFollowUp, .dealCheckIn, .customerCheckIn]

  /// The kind of an action's message; nil where it sends none.
  /// - Parameter author: who proposed it: a planned check-in becomes a custom message of the keeper of
  ///   follow-ups.
  init?(_ type: ActionType, by author: Author) {
    switch type {
    case .followUpOnStaleDeal: self = .dealFollowUp
    case .sendDealCheckIn: self = .dealCheckIn
    case .sendInvoiceReminder: self = .invoiceReminder
    case .sendPaymentConfirmation: self = .paymentConfirmation
    case .xSendTaskNotification: self = .taskNotification
    case .xSendCustomMessage: self = author == .followUps ? .customerCheckIn : .customMessage
    case .xSendSMSAlert: self = author == .followUps ? .customerCheckIn : .smsAlert
    case .createCollectionTask, .scheduleCustomerCheckIn, .updateDealStage, .flagAtRiskProject,
      .createFollowUpTask, .escalateOverdueInvoice, .xLogActivity, .xCreateNote:
      return nil
    }
  }

  public static func < (left: SenderPurpose, right: SenderPurpose) -> Bool {
    left.rank < right.rank
  }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// What is known of a sender at the provider.
public enum SenderStanding: String, CaseIterable, Hashable, Sendable {
  /// Nobody has looked, or nobody may: sending goes on, and the provider decides.
  case unknown
  case verified
  /// The provider said that it would refuse it: nothing goes out under it.
  case unverified
}

/// A name under which an org writes, beside the one in its settings.
public struct SenderIdentity: Hashable, Sendable {
  public var id: SenderID
  /// Over e-mails: `Name <address>`.
  public var mailbox: Mailbox
  /// Where answers go; nil: to the mailbox itself.
  public var replyTo: Mailbox?
  /// Over SMS; nil: this sender stands over no SMS.
  public var smsSender: PhoneNumber?
  /// Whose records' messages go out under it; nil: the org's own, whoever looks after the record.
  public var salesperson: Salesperson?
  /// The kinds of message it stands over, never empty.
  public var purposes: Set<SenderPurpose>
  public var standing: SenderStanding
  /// When the provider last said so.
  public var checkedAt: Instant?
  public var createdAt: Instant

  public init(
    id: SenderID, mailbox: Mailbox, replyTo: Mailbox? = nil, smsSender: PhoneNumber? = nil,
    salesperson: Salesperson? = nil, purposes: Set<SenderPurpose>,
    standing: SenderStanding = .unknown, checkedAt: Instant? = nil, createdAt: Instant
  ) {
    self.id = id
    self.mailbox = mailbox
    self.replyTo = replyTo
    self.smsSender = smsSender
    self.salesperson = salesperson
    self.purposes = purposes
    self.standing = standing
    self.checkedAt = checkedAt
    self.createdAt = createdAt
  }

  /// Whether anything may go out under it now.
  public var isUsable: Bool { standing != .unverified }
}
