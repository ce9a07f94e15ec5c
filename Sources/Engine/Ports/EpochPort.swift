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
  /// - Returns: nil where nothing is remembered.
  func read() throws -> EpochMark?
  /// Remembers another epoch.
  func begin(_ mark: EpochMark) throws
  /// Remembers that the database has so many audit entries. Never goes back; other processes may do
  /// the same at the same time.
  func raise(_ epoch: String, to auditTotal: Int64) throws
}
