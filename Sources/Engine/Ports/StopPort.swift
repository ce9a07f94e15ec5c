import ActionProtocol

/// How far a stop reaches.
public enum StopScope: Hashable, Sendable {
  /// Every org of the database.
  case everything
  case org(OrgID)

  /// The scope of a stored word: `*` or an org's id.
  public init?(rawValue: String) {
    if rawValue == "*" {
      self = .everything
    } else if let org = OrgID(rawValue: rawValue) {
      self = .org(org)
    } else {
      return nil
    }
  }

  public var rawValue: String {
    switch self {
    case .everything: "*"
    case .org(let org): org.rawValue
    }
  }

  /// Whether the org lies in the scope.
  public func covers(_ org: OrgID) -> Bool {
    switch self {
    case .everything: true
    case .org(let own): own == org
    }
  }
}

/// A stop in force: nothing more is carried out until somebody lifts it.
public struct Stop: Hashable, Sendable {
  public enum Cause: String, CaseIterable, Hashable, Sendable {
    /// Somebody wanted it.
    case person
    /// The database is an earlier one than was used here last: a backup, or a copy.
    case restored
  }

  public var scope: StopScope
  /// The number of the change that made it; what a process acknowledges.
  public var number: Int64
  public var at: Instant
  public var by: Author
  /// How they came in: `cli`, `engine`.
  public var via: String
  /// In a person's words; of a restored database a code.
  public var reason: String
  public var cause: Cause
  /// Of a restored database: what happened after this instant is not in it.
  public var knownUntil: Instant?

  public init(
    scope: StopScope, number: Int64 = 0, at: Instant, by: Author, via: String, reason: String,
    cause: Cause = .person, knownUntil: Instant? = nil
  ) {
    self.scope = scope
    self.number = number
    self.at = at
    self.by = by
    self.via = via
    self.reason = reason
    self.cause = cause
    self.knownUntil = knownUntil
  }
}

/// What every process has to know of stops; one row, so that looking often is cheap.
public struct StopBoard: Hashable, Sendable {
  /// Rises with every stop and every resumption.
  public var number: Int64
  /// Where nothing may be carried out.
  public var scopes: Set<StopScope>

  public init(number: Int64 = 0, scopes: Set<StopScope> = []) {
    self.number = number
    self.scopes = scopes
  }

  /// Whether nothing may be carried out for the org.
  public func covers(_ org: OrgID) -> Bool {
    guard !scopes.isEmpty else { return false }
    return scopes.contains(.everything) || scopes.contains(.org(org))
  }

  public var coversEverything: Bool { scopes.contains(.everything) }
}

/// What a transaction that writes intents has to know, read while no stop can be written.
public struct StopStanding: Hashable, Sendable {
  public var board: StopBoard
  /// How many audit entries all orgs have together.
  public var auditTotal: Int64

  public init(board: StopBoard, auditTotal: Int64) {
    self.board = board
    self.auditTotal = auditTotal
  }
}

/// The word of a process that nothing more leaves it where it is stopped.
public struct StopAcknowledgement: Hashable, Sendable {
  public var boot: BootID
  /// The board's number that it has seen.
  public var number: Int64
  /// The calls whose first byte had left before; their outcome is recorded when it comes.
  public var inFlight: [OperationID]
  public var at: Instant

  public init(boot: BootID, number: Int64, inFlight: [OperationID], at: Instant) {
    self.boot = boot
    self.number = number
    self.inFlight = inFlight
    self.at = at
  }
}

/// Stops: reading, inside a transaction.
public protocol StopReading {
  /// One row by its primary key.
  func stopBoard() throws -> StopBoard
  /// The stops in force, everything first, then by org.
  func stops() throws -> [Stop]
  func stopAcknowledgements() throws -> [StopAcknowledgement]
  /// How many audit entries all orgs have together. Rises with every change of state.
  func auditTotal() throws -> Int64
  /// When the last audit entry of any org was made; nil: there is none.
  func lastAuditAt() throws -> Instant?
}

/// Stops: writing, inside a transaction.
public protocol StopWriting {
  /// Reads the board so that no stop can be written until this transaction ends.
  ///
  /// INVARIANT: an intent is written only in a transaction that called this and is not covered by
  /// what it returned.
  func holdStopBoard() throws -> StopStanding
  /// Puts a stop in force, in place of one of the same scope.
  /// - Returns: with its number.
  func put(_ stop: Stop) throws -> Stop
  /// Ends the stop of a scope.
  /// - Returns: false when there was none.
  func lift(_ scope: StopScope) throws -> Bool
  /// Keeps a process's word, in place of its earlier one.
  func acknowledge(_ acknowledgement: StopAcknowledgement) throws
}
