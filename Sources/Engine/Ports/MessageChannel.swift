import ActionProtocol
import Addressing
import Decisions

/// A message with everything that leaves the house.
public struct OutgoingMessage: Sendable {
  public enum Content: Sendable {
    case email(SendEmail, sender: Mailbox, replyTo: Mailbox?)
    case sms(SendSMS, sender: PhoneNumber?)
  }

  public var org: OrgID
  public var content: Content
  /// Travels in the header `X-AIOM-Operation`, where the channel has headers.
  public var operation: OperationID
  /// Whether it goes to the operator and to no customer: a rehearsal, or a test of their own.
  public var isForOperator = false
  /// Whether somebody reads what customers answer by SMS, so that a STOP would be heard.
  public var answersAreRead = false
  /// Travels as `List-Unsubscribe`, where the channel has headers.
  public var unsubscribe: ListUnsubscribe?
  /// Leave to let the first byte go; nil: always given.
  public var departure: Departure?

  public init(
    org: OrgID, content: Content, operation: OperationID, unsubscribe: ListUnsubscribe? = nil
  ) {
    self.org = org
    self.content = content
    self.operation = operation
    self.unsubscribe = unsubscribe
  }
}

/// How the recipients of an e-mail can object to more of its kind (RFC 2369, RFC 8058).
public struct ListUnsubscribe: Hashable, Sendable {
  /// The link that unsubscribes by one POST, `https://…`; holds a secret. Nil where AIOM cannot be
  /// reached from outside.
  public var link: String?
  /// Where a mail that asks for it goes: to a person.
  public var mailbox: EmailAddress

  public init(link: String?, mailbox: EmailAddress) {
    self.link = link
    self.mailbox = mailbox
  }
}

extension ListUnsubscribe: CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// Never the link.
  public var description: String { "ListUnsubscribe(redacted)" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children: one is a secret.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// What a search at the provider found.
public enum SearchAnswer: Sendable, Equatable {
  /// Operation ids that were accepted, with the provider's id.
  case found([String: String])
  /// The channel has no search, or it is not permitted: a person has to settle.
  case unsupported(code: String)
  /// It did not answer this time.
  case failed(code: String)
}

/// An SMS as the provider remembers it.
public struct ReportedSMS: Hashable, Sendable {
  public var providerID: String
  /// The destination, E.164.
  public var destination: PhoneNumber
  public var text: String
  public var at: Instant

  public init(providerID: String, destination: PhoneNumber, text: String, at: Instant) {
    self.providerID = providerID
    self.destination = destination
    self.text = text
    self.at = at
  }
}

/// What the provider remembers of SMS.
public enum SentSMSAnswer: Sendable, Equatable {
  /// Everything the org's own key sent since the instant that was asked for.
  case found([ReportedSMS])
  /// The channel has no such report, or it is not permitted: a person has to settle.
  case unsupported(code: String)
  /// It did not answer this time.
  case failed(code: String)
}

/// What somebody answered by SMS. Lives only while it is looked at.
public struct SMSReply: Hashable, Sendable {
  public var providerID: String?
  /// Who wrote it.
  public var from: PhoneNumber
  public var text: String
  /// When it came in, as the provider says.
  public var at: Instant?

  public init(providerID: String?, from: PhoneNumber, text: String, at: Instant?) {
    self.providerID = providerID
    self.from = from
    self.text = text
    self.at = at
  }
}

extension SMSReply: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The type's name only.
  public var description: String { "SMSReply(redacted)" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children: they are a number and a text.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// A way out: reports what happened, decides nothing, repeats nothing.
public protocol MessageChannel: Sendable {
  /// Hands one message to the provider and waits for its answer, at most until the deadline.
  /// Called only after the intent is durable.
  func send(_ message: OutgoingMessage) async -> CallOutcome

  /// Looks for messages of the org by their operation ids.
  /// - Parameter since: where to begin: before the earliest attempt.
  func search(_ org: OrgID, channel: OutreachChannel, since: Instant) async -> SearchAnswer

  /// Reads what the org's key sent by SMS. SMS carry no header, so that they are told apart by
  /// number, text and time.
  func sentSMS(_ org: OrgID, since: Instant) async -> SentSMSAnswer

  /// Reads what came in by SMS since an instant, with the org's own key. Answers without a readable
  /// time may be older.
  func replies(_ org: OrgID, since: Instant) async -> VendorAnswer<[SMSReply]>

  /// Whether it asks for leave right before the first byte (``OutgoingMessage/departure``). One that
  /// does not makes whoever stops wait for the end of each of its calls.
  var asksLeave: Bool { get }

  /// The provider's own list of addresses it sends nothing to; nil where it keeps none.
  var suppressions: (any VendorSuppressions)? { get }

  /// The provider's lists of who may send; nil where it keeps none.
  var senders: (any VendorSenders)? { get }
}

extension MessageChannel {
  /// A channel that does not ask.
  public var asksLeave: Bool { false }

  /// A channel whose provider keeps no such list.
  public var suppressions: (any VendorSuppressions)? { nil }

  /// A channel whose provider lists no senders.
  public var senders: (any VendorSenders)? { nil }

  /// A channel that nothing comes in by.
  public func replies(_ org: OrgID, since: Instant) async -> VendorAnswer<[SMSReply]> {
    .refused(code: "no_replies")
  }

  /// A channel without such a report.
  public func sentSMS(_ org: OrgID, since: Instant) async -> SentSMSAnswer {
    .unsupported(code: "sms_has_no_reference")
  }
}

/// Chooses the way out of an org.
public protocol ChannelDirectory: Sendable {
  /// - Returns: the channel, or the code of why the org has none (`sandbox_org_beyond_loopback`,
  ///   `key_missing`, …), which makes the call's outcome `configuration`.
  func channel(for organisation: Organisation) -> Result<any MessageChannel, ChannelRefusal>
}

/// Why an org has no way out now.
public struct ChannelRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  public let code: String
  /// For people: what to do.
  public let remedy: String

  public init(code: String, remedy: String) {
    self.code = code
    self.remedy = remedy
  }

  public var description: String { code }
}

/// Attachments by their content's digest.
public protocol BlobPort: Sendable {
  /// Stores bytes and returns their SHA-256.
  func put(_ bytes: [UInt8]) throws -> Digest
  /// Finds stored content, and reads it through once, piece by piece, to see that it still is what
  /// its digest says. The bytes never stand in memory as a whole.
  /// - Returns: nil where no such content is stored.
  /// - Throws: when the stored bytes do not have the digest any more.
  func file(_ digest: Digest) throws -> BlobFile?
}

/// Stored content, to be read from where it lies.
public struct BlobFile: Hashable, Sendable {
  /// The file that holds the content and nothing else.
  public var path: String
  /// The size in bytes.
  public var size: Int64

  public init(path: String, size: Int64) {
    self.path = path
    self.size = size
  }
}
