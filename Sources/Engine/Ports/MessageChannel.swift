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

  public init(org: OrgID, content: Content, operation: OperationID) {
    self.org = org
    self.content = content
    self.operation = operation
  }
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

/// A way out: reports what happened, decides nothing, repeats nothing.
public protocol MessageChannel: Sendable {
  /// Hands one message to the provider and waits for its answer, at most until the deadline.
  /// Called only after the intent is durable.
  func send(_ message: OutgoingMessage) async -> CallOutcome

  /// Looks for messages of the org by their operation ids.
  /// - Parameter since: where to begin: before the earliest attempt.
  func search(_ org: OrgID, channel: OutreachChannel, since: Instant) async -> SearchAnswer
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
  /// - Returns: nil where no such content is stored.
  /// - Throws: when the stored bytes do not have the digest any more.
  func bytes(_ digest: Digest) throws -> [UInt8]?
}

/// The lock by which others see that a process lives.
public protocol LivenessPort: Sendable {
  /// The running kernel's boot id.
  var kernelBoot: String { get }
  /// Milliseconds of a clock that never goes back and counts sleep.
  func monotonicNow() -> Int64
  /// Takes the lock of a new boot for as long as the process lives.
  func hold(_ boot: BootID) throws
  func release(_ boot: BootID)
  /// Whether nobody holds a boot's lock.
  func isFree(_ boot: BootID) -> Bool
}
