import ActionProtocol
import Addressing
import Decisions

/// Something that the provider says happened to a message, in the engine's words.
public struct ProviderEvent: Hashable, Sendable {
  /// What happened. The raw value is what is stored and shown.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    case processed
    case delivered
    case opened
    case clicked
    case hardBounced = "hard_bounced"
    case softBounced = "soft_bounced"
    /// A bounce of which the provider does not say whether it is for good.
    case bounced
    case rejected
    case complained
    case unsubscribed
    case resubscribed
    case smsSending = "sms_sending"
    case smsSubmitted = "sms_submitted"
    case smsDelivered = "sms_delivered"
    case smsFailed = "sms_failed"
    case smsRejected = "sms_rejected"
    case smsOptOut = "sms_opt_out"
    /// A name that is not known here; kept and shown with the name.
    case unknown

    /// Whether the event shows that the provider had accepted the message.
    ///
    /// A rejected, bounced or failed message was accepted first: sending it again would be a second
    /// one to every recipient that did get it.
    public var provesAcceptance: Bool {
      switch self {
      case .processed, .delivered, .opened, .clicked, .hardBounced, .softBounced, .bounced,
        .rejected, .complained, .smsSending, .smsSubmitted, .smsDelivered, .smsFailed,
        .smsRejected:
        true
      case .unsubscribed, .resubscribed, .smsOptOut, .unknown:
        false
      }
    }
  }

  /// The same for every delivery of one event, other for other events; at most 128 ASCII characters.
  public var eventID: String
  public var kind: Kind
  /// The event's name as the provider posted it, cut to 64 characters.
  public var name: String
  public var channel: OutreachChannel
  /// The provider's id of the message.
  public var providerID: String?
  /// What the message's `X-AIOM-Operation` said, where the provider echoes it.
  public var operation: OperationID?
  /// The one recipient it is about. Personal data.
  public var recipient: String?
  public var occurredAt: Instant?
  /// The RFC 5322 Message-ID.
  public var mailMessageID: String?
  /// A status code such as `550` or `5.1.1`, never the server's sentence, which quotes addresses.
  public var code: String?

  public init(
    eventID: String, kind: Kind, name: String, channel: OutreachChannel, providerID: String? = nil,
    operation: OperationID? = nil, recipient: String? = nil, occurredAt: Instant? = nil,
    mailMessageID: String? = nil, code: String? = nil
  ) {
    self.eventID = eventID
    self.kind = kind
    self.name = name
    self.channel = channel
    self.providerID = providerID
    self.operation = operation
    self.recipient = recipient
    self.occurredAt = occurredAt
    self.mailMessageID = mailMessageID
    self.code = code
  }

  /// The digest of the recipient's normalised address, as limits and suppressions use it.
  public var recipientDigest: Digest? {
    recipient.map { AddressDigest.of($0, channel) }
  }
}

extension ProviderEvent: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Kind and id; never the recipient.
  public var description: String { "ProviderEvent(\(kind.rawValue), \(eventID))" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children: they name an address.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// The digest of an address, the same that reservations of outreach keep.
public enum AddressDigest {
  public static func of(_ address: EmailAddress) -> Digest {
    Digest.sha256(Array(address.identity.utf8))
  }

  public static func of(_ phone: PhoneNumber) -> Digest { Digest.sha256(Array(phone.e164.utf8)) }

  /// The digest of an address as somebody else wrote it. What cannot be parsed has one of its own.
  public static func of(_ text: String, _ channel: OutreachChannel) -> Digest {
    Digest.sha256(Array(identity(text, channel).utf8))
  }

  private static func identity(_ text: String, _ channel: OutreachChannel) -> String {
    switch channel {
    case .email:
      if let mailbox = try? Mailbox(text) { return mailbox.address.identity }
    case .sms:
      let digits = text.filter { $0.isASCII && $0.isNumber }
      if let phone = try? PhoneNumber(e164: "+" + digits) { return phone.e164 }
    }
    return text.lowercased()
  }
}

/// Reads what a provider posts. Pure: no clock, no store.
public protocol ProviderEventReading: Sendable {
  /// - Throws: ``ProviderEventFault`` where the body is no event at all. An event of an unknown name
  ///   is one, of kind `unknown`.
  func read(_ body: [UInt8], contentType: String?) throws(ProviderEventFault) -> ProviderEvent
}

/// Why a body is no event.
public struct ProviderEventFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// Such as `event.not_json`.
  public let code: String

  public init(code: String) { self.code = code }

  public var description: String { code }
}
