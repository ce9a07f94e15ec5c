import ActionProtocol
import Addressing
import Decisions

/// A message or follow-up that a person asks for.
public struct MessageWish: Hashable, Sendable {
  /// What it is drafted from.
  public enum Template: String, CaseIterable, Hashable, Sendable {
    /// The words as they are, without a letterhead.
    case text
    /// The words under the company's letterhead, in the receiver's language.
    case letter = "custom_message"
    /// What the records say is overdue, by the ladder of the analysis.
    case reminder = "invoice_reminder"
    /// The customer's quiet deal, by the analysis.
    case deal = "deal_follow_up"

    /// Whether the words are the person's own.
    public var takesWords: Bool { self == .text || self == .letter }
  }

  /// What a follow-up becomes when its time comes.
  public enum Deed: String, CaseIterable, Hashable, Sendable {
    case message, call, task
  }

  public var customer: PartnerID
  /// The id of a ``RecordedAddress``; empty: of a call or task, nobody is written to.
  public var recipient: String
  public var template: Template
  public var subject: String
  public var text: String
  /// Nil: it is proposed now. Else it is planned, and becomes a proposal at that moment.
  public var notBefore: Instant?
  public var deed: Deed
  /// The person's reason; may be empty.
  public var why: String
  /// Makes the same wish sent twice one proposal: 8 to 64 letters, digits and hyphens.
  public var nonce: String

  public init(
    customer: PartnerID, recipient: String, template: Template = .text, subject: String = "",
    text: String = "", notBefore: Instant? = nil, deed: Deed = .message, why: String = "",
    nonce: String
  ) {
    self.customer = customer
    self.recipient = recipient
    self.template = template
    self.subject = subject
    self.text = text
    self.notBefore = notBefore
    self.deed = deed
    self.why = why
    self.nonce = nonce
  }
}

/// An address that the records of a customer or of one of its contacts hold.
public struct RecordedAddress: Hashable, Sendable {
  public enum Place: Hashable, Sendable {
    case email(EmailAddress)
    case phone(PhoneNumber)
  }

  /// The record that holds it.
  public var holder: CustomerRecord
  public var place: Place

  /// `email-12`, `sms-12`: the channel and the record, never the address itself.
  public var id: String { "\(channel.rawValue)-\(holder.id.rawValue)" }

  public var channel: OutreachChannel {
    switch place {
    case .email: .email
    case .phone: .sms
    }
  }

  public var text: String {
    switch place {
    case .email(let address): address.rawValue
    case .phone(let number): number.e164
    }
  }

  /// What of a record can be written to; what is no address is left out.
  static func all(of holder: CustomerRecord) -> [RecordedAddress] {
    guard holder.goneAt == nil else { return [] }
    let email = holder.email.flatMap { try? EmailAddress($0) }.map(Place.email)
    let phone = holder.phone.flatMap { try? PhoneNumber(e164: $0) }.map(Place.phone)
    return [email, phone].compactMap(\.self).map { RecordedAddress(holder: holder, place: $0) }
  }
}

/// What a message to a customer can be made of.
public struct ComposingDesk: Sendable {
  public var customer: CustomerRecord
  /// The customer's own first.
  public var addresses: [RecordedAddress]
  /// For a form that is filled in now.
  public var nonce: String
}

/// What a wish would become, before anything is proposed.
public struct ComposedPreview: Sendable {
  public var subject: String?
  public var text: String
  public var isHTML: Bool
  /// Whom it goes to; nil: nobody outside.
  public var recipient: String?
  /// What Intake would answer now.
  public var outcome: IntakeOutcome
}
