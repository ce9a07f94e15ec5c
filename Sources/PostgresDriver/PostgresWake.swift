import Engine
import Store

/// Wakes every process on the database by NOTIFY. A hint: polling is the truth.
public struct PostgresWake: WakePort {
  private let database: PostgresDatabase

  public init(_ database: PostgresDatabase) { self.database = database }

  /// Its own little transaction, which waits for no disk: nothing depends on it.
  public func ring() async {
    _ = try? await database.direct { session in
      try session.command(
        """
        BEGIN; SET LOCAL synchronous_commit = off; NOTIFY \(Attendant.channel(session)); COMMIT
        """)
    }
  }

  public func listen(_ heard: @escaping @Sendable () -> Void) -> WakeListening {
    let attendant = database.attendant
    let number = attendant.listen(heard)
    return WakeListening { attendant.stopListening(number) }
  }
}
