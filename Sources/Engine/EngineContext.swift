import ActionProtocol
import Addressing
import Decisions
import Insights
import Logging

/// Randomness, handed in so that tests can foresee it.
public struct Entropy: Sendable {
  /// A UUID of version 7 for the instant, as lower-case text.
  public var uuid7: @Sendable (Instant) -> String
  /// Random bytes fit for salts.
  public var bytes: @Sendable (Int) -> [UInt8]
  /// Uniform in 0..<1.
  public var unit: @Sendable () -> Double

  public init(
    uuid7: @escaping @Sendable (Instant) -> String, bytes: @escaping @Sendable (Int) -> [UInt8],
    unit: @escaping @Sendable () -> Double
  ) {
    self.uuid7 = uuid7
    self.bytes = bytes
    self.unit = unit
  }

  /// The system's generator.
  public static let system = Entropy(
    uuid7: { UUIDv7.text(at: $0, random: systemBytes(10)) }, bytes: systemBytes,
    unit: { Double.random(in: 0..<1) })

  private static func systemBytes(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + 7)
    while bytes.count < count {
      withUnsafeBytes(of: generator.next()) { bytes.append(contentsOf: $0) }
    }
    bytes.removeLast(bytes.count - count)
    return bytes
  }
}

/// RFC 9562 version 7: 48 bits of milliseconds, then randomness, so that ids sort by time.
enum UUIDv7 {
  private static let digits = Array("0123456789abcdef".utf8)

  /// - Parameter random: ten bytes.
  static func text(at instant: Instant, random: [UInt8]) -> String {
    let time = UInt64(bitPattern: instant.milliseconds)
    var bytes = (0..<6).map { UInt8(truncatingIfNeeded: time >> (40 - 8 * UInt64($0))) }
    bytes += random
    bytes[6] = 0x70 | (bytes[6] & 0x0f)
    bytes[8] = 0x80 | (bytes[8] & 0x3f)
    var text: [UInt8] = []
    text.reserveCapacity(36)
    for (index, byte) in bytes.enumerated() {
      if [4, 6, 8, 10].contains(index) { text.append(UInt8(ascii: "-")) }
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}

/// How this process behaves.
public struct EngineConfiguration: Sendable {
  public var delivery: DeliveryMode
  /// Where a rehearsal's messages go.
  public var redirectEmail: EmailAddress?
  public var redirectPhone: PhoneNumber?
  /// Numbers of the operator's own: an SMS to one of them goes to no customer.
  public var operatorPhones: Set<PhoneNumber> = []
  /// Records older than this cannot tell anything.
  public var ledgerMaximumAge: Duration
  /// What books outside said longer ago than this is not acted on.
  public var liveMaximumAge = Duration.seconds(5)
  public var leaseSeconds: Int
  /// Calls under way at once.
  public var concurrentCalls: Int
  /// How long a call may take; an intent is only written while this still fits before the deadline.
  public var callDeadline: Duration
  public var retry: RetryPolicy
  public var reconciliation: ReconciliationSchedule
  /// How long the provider can be asked about a message: its activity is kept for 5 days on the
  /// smallest plan.
  public var providerRetention: Duration
  /// Where the public listener is reached from outside, `https://…` without a slash at the end; nil:
  /// nowhere, and then no message carries a link to it.
  public var publicURL: String?
  /// Where people look at what a local sandbox received; nil: nowhere.
  public var outboxURL: String?
  /// What messages cost, for budgets.
  public var prices: PriceTable = .standard

  public init(
    delivery: DeliveryMode = .sandbox, redirectEmail: EmailAddress? = nil,
    redirectPhone: PhoneNumber? = nil, ledgerMaximumAge: Duration = .seconds(24 * 3600),
    leaseSeconds: Int = 15, concurrentCalls: Int = 32, callDeadline: Duration = .seconds(30),
    retry: RetryPolicy = .standard, reconciliation: ReconciliationSchedule = .standard,
    providerRetention: Duration = .seconds(5 * 86_400), publicURL: String? = nil
  ) {
    self.delivery = delivery
    self.redirectEmail = redirectEmail
    self.redirectPhone = redirectPhone
    self.ledgerMaximumAge = ledgerMaximumAge
    self.leaseSeconds = leaseSeconds
    self.concurrentCalls = concurrentCalls
    self.callDeadline = callDeadline
    self.retry = retry
    self.reconciliation = reconciliation
    self.providerRetention = providerRetention
    self.publicURL = publicURL
  }
}

/// Everything the engine's services work with, built once by the composition.
public struct EngineContext: Sendable {
  public var store: any StorePort
  public var channels: any ChannelDirectory
  /// The books that orgs keep outside of this database.
  public var books: any BooksDirectory = NoOutsideBooks()
  public var blobs: any BlobPort
  public var drafting: any MessageDrafting
  public var liveness: any LivenessPort
  public var wake: any WakePort
  /// What is remembered of the database outside of it; nil where a database is made for one use.
  public var epoch: (any EpochPort)?
  /// Where orgs' records come from that have a system of their own; nil: no org has.
  public var syncing: (any SyncSources)?
  /// Who may decide.
  public var roles: any RoleDirectory = LocalOwners()
  public var entropy: Entropy
  public var configuration: EngineConfiguration
  public var logger: Logger
  /// Raised when a webhook brought something. Copies of a context share it.
  public let arrivals = ArrivalSignal()
  /// Since when which org's books outside do not answer. Copies of a context share it.
  let outages = BooksOutages()
  /// What this process counts of its work. Copies of a context share it.
  public let metrics = EngineMetrics()

  public init(
    store: any StorePort, channels: any ChannelDirectory, blobs: any BlobPort,
    drafting: any MessageDrafting, liveness: any LivenessPort, wake: any WakePort = NoWake(),
    entropy: Entropy, configuration: EngineConfiguration, logger: Logger
  ) {
    self.store = store
    self.channels = channels
    self.blobs = blobs
    self.drafting = drafting
    self.liveness = liveness
    self.wake = wake
    self.entropy = entropy
    self.configuration = configuration
    self.logger = logger
  }
}
