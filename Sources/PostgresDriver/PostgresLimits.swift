/// How long a database may keep this process waiting, in milliseconds, and how many connections it
/// gets.
public struct PostgresLimits: Hashable, Sendable {
  /// A statement that takes longer is cancelled (`busy`). Migrations have no limit.
  public var statement = 30_000
  /// How long the lock of all writers, or a row's, is waited for (`busy`).
  public var lock = 20_000
  /// A process that stops in the middle of a transaction loses it, so that the others go on.
  public var idleInTransaction = 5_000
  /// How long work that has not begun waits for a database that was reachable before.
  public var patience = 10_000
  /// Connections for reading, each with a thread, opened as they are needed. Writing has one more.
  public var readers = 4

  public init() {}
}
