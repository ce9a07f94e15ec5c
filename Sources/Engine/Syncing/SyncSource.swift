import ActionProtocol
import Decisions

/// Which records are wanted, in which order, and how many at most.
public struct SyncRequest: Hashable, Sendable {
  public var kind: SyncKind
  public var place: SyncCursor.Place
  public var limit: Int

  public init(_ kind: SyncKind, _ place: SyncCursor.Place, limit: Int) {
    self.kind = kind
    self.place = place
    self.limit = limit
  }
}

/// Records as they were read at one moment.
public struct SyncPage: Sendable {
  public var rows: [SyncedRow]
  /// What could not be taken over: ids, each with the reason, a stable code.
  public var leftOut: [Int64: String]
  public var extent: SyncExtent

  public init(rows: [SyncedRow], leftOut: [Int64: String] = [:], extent: SyncExtent) {
    self.rows = rows
    self.leftOut = leftOut
    self.extent = extent
  }
}

/// Where an org's records come from.
///
/// Reads only. An answer that is not what was asked for throws; nothing of its page is taken over.
public protocol SyncSource: Sendable {
  /// Whether the source has records of a kind and shows them to us; else a stable code why not.
  func obstacle(to kind: SyncKind) async throws -> String?
  /// What decides which records of a kind are taken over, and how.
  func basis(of kind: SyncKind) async throws -> String
  /// The second of the latest change of any record of a kind; nil: there is none.
  func newestChange(of kind: SyncKind) async throws -> Int64?
  func page(_ request: SyncRequest) async throws -> SyncPage
  /// Records by id; those that are not there or not shown are missing.
  func records(_ kind: SyncKind, ids: [Int64]) async throws -> SyncPage
  /// The ids of all records of a kind that the ledger should have, above one, ascending.
  func ids(_ kind: SyncKind, after: Int64, limit: Int) async throws -> [Int64]
  /// Of partners that are gone: into which partners the source itself says that it merged them.
  func merges(of partners: [Int64]) async throws -> [Int64: Set<Int64>]
  /// Lets go of connections.
  func close() async
}

/// Knows the sources of orgs.
public protocol SyncSources: Sendable {
  /// The source of an org; nil: its books are its own ledger.
  /// - Throws: ``DecisionError`` where it is named and cannot be used.
  func source(_ organisation: Organisation, _ settings: SyncSettings) async throws
    -> (any SyncSource)?
}

/// How an org's records are taken over.
public struct SyncSettings: Hashable, Sendable {
  /// Only these companies of the source; empty: all that its user may see.
  public var companies: [Int64] = []
  /// Names of tags on customers that mean: all their invoices are disputed.
  public var disputeTags: [String] = ["Dispute", "Disputed"]
  /// Names of tags on customers that mean: never remind.
  public var neverRemindTags: [String] = ["Never remind", "No reminders"]
  /// How long a customer's answer holds messages back; zero: not at all.
  public var answerPause: Duration = .seconds(3 * 86_400)
  /// The most requests in a minute.
  public var requestsPerMinute = 300

  /// Messages older than this are not taken over.
  public static let messageAge: Duration = .seconds(60 * 86_400)
  public static let pauses: ClosedRange<Int64> = 0...(90 * 1440)
  public static let paces = 1...6000

  public init() {}
}

/// Waits between requests, so that the source's other users hardly notice.
actor SyncPace {
  // An actor: two requests at the same time would both find the time come.
  private let interval: Duration
  private let sleep: @Sendable (Duration) async throws -> Void
  private var next = ContinuousClock.now

  init(
    perMinute: Int, sleep: @escaping @Sendable (Duration) async throws -> Void
  ) {
    interval = .seconds(60) / max(1, perMinute)
    self.sleep = sleep
  }

  func wait() async throws {
    let now = ContinuousClock.now
    let turn = max(next, now)
    next = turn.advanced(by: interval)
    if turn > now { try await sleep(now.duration(to: turn)) }
  }
}
