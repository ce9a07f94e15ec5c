/// What an installation remembers of its database outside of it.
public struct EpochMark: Hashable, Sendable {
  /// The name of the epoch: begun anew whenever the database goes back to an earlier state.
  public var epoch: String
  /// How many audit entries the database is known to have had when a message last went out.
  public var auditTotal: Int64
  /// Which file the database was; nil where it is none.
  public var file: String?

  public init(epoch: String, auditTotal: Int64, file: String? = nil) {
    self.epoch = epoch
    self.auditTotal = auditTotal
    self.file = file
  }
}

/// The memory of an installation outside its database, by which an earlier copy of the database is
/// told from the one that was used last.
public protocol EpochPort: Sendable {
  /// Whether a database that knows an epoch while nothing is remembered of it must be a copy. False
  /// where other machines may have begun the epoch.
  var isAlone: Bool { get }
  /// Which file the database is now.
  var file: String? { get }
  /// The memory of a database on a server: the same by whatever address the server is reached.
  func of(_ server: ServerIdentity) -> any EpochPort
  /// - Returns: nil where nothing is remembered.
  func read() throws -> EpochMark?
  /// Remembers another epoch.
  func begin(_ mark: EpochMark) throws
  /// Remembers that the database has so many audit entries. Never goes back; other processes may do
  /// the same at the same time.
  func raise(_ epoch: String, to auditTotal: Int64) throws
}

extension EpochPort {
  public func of(_ server: ServerIdentity) -> any EpochPort { self }
}

/// Which database of which server one is on, and how the server came to be the one that takes writes.
public struct ServerIdentity: Hashable, Sendable {
  /// Other in every copy that a program made of the database (a dump, a template), and the same in a
  /// copy of the server's files.
  public var database: String
  /// Grows whenever a standby, or a copy of the server's files, begins to take writes.
  public var timeline: Int64
  /// Whether a standby confirms each commit before it counts, so that its promotion loses none.
  public var isConfirmed: Bool
  /// Whether the server was told to come back as of an earlier moment.
  public var isRecovered: Bool

  public init(database: String, timeline: Int64, isConfirmed: Bool, isRecovered: Bool) {
    self.database = database
    self.timeline = timeline
    self.isConfirmed = isConfirmed
    self.isRecovered = isRecovered
  }
}

/// Asking a server who it is.
public protocol ServerReading {
  /// - Returns: nil where the database is a file, or the server does not say.
  func server() throws -> ServerIdentity?
}
