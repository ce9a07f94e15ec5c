import Decisions
import Engine
import PostgresDriver
import Store
import TestSupport
import Testing

@Suite(.onPostgres, .serialized) struct AdvisoryLivenessTests {
  private let boot = BootID("0123abcd")

  private func pair() async throws -> (AdvisoryLiveness, AdvisoryLiveness, PostgresDatabase) {
    let url = try await TestPostgres.schema()
    let databases = try (0..<3).map { _ in
      try PostgresDatabase(url: url, limits: TestPostgres.smallLimits)
    }
    return (AdvisoryLiveness(databases[0]), AdvisoryLiveness(databases[1]), databases[2])
  }

  @Test func `a lock is held until it is released, and by one alone`() async throws {
    let (holder, other, _) = try await pair()
    #expect(await other.isFree(boot))
    try await holder.hold(boot)
    #expect(holder.isHeld(boot) && !other.isHeld(boot))
    #expect(await !other.isFree(boot))
    #expect(await !holder.isFree(boot))
    let error = await #expect(throws: StoreError.self) { try await other.hold(boot) }
    #expect(error?.code == "busy")
    await holder.release(boot)
    #expect(await other.isFree(boot))
    #expect(!holder.isHeld(boot))
    try await other.hold(boot)
  }

  @Test func `two schemas have locks of their own`() async throws {
    let (one, _, _) = try await pair()
    let (two, _, _) = try await pair()
    try await one.hold(boot)
    try await two.hold(boot)
    #expect(one.isHeld(boot) && two.isHeld(boot))
  }

  @Test func `a lock goes with its process's connection`() async throws {
    let url = try await TestPostgres.schema()
    let (database, other) = (
      try PostgresDatabase(url: url, limits: TestPostgres.smallLimits),
      AdvisoryLiveness(try PostgresDatabase(url: url))
    )
    try await AdvisoryLiveness(database).hold(boot)
    database.close()
    try await eventually { await other.isFree(boot) }
  }

  /// The one who lost its connection knows it, and takes the lock again if nobody else has it.
  @Test func `a lost lock is taken again`() async throws {
    let (holder, other, database) = try await pair()
    try await holder.hold(boot)
    let thief = LockThief()
    let before = try await thief.holders(boot, database)
    try await thief.endHolder(boot, database)
    try await eventually {
      let after = try await thief.holders(boot, database)
      return after.count == 1 && after != before
    }
    try await eventually { holder.isHeld(boot) }
    #expect(await !other.isFree(boot))
  }

  @Test func `a lost lock is known at once, and not had again while somebody else has it`()
    async throws
  {
    let (holder, other, database) = try await pair()
    try await holder.hold(boot)
    let thief = LockThief()
    try await thief.take(boot, database)
    try await eventually { !holder.isHeld(boot) }
    #expect(await !other.isFree(boot))
    #expect(!holder.isHeld(boot))
    try await thief.end()
    try await eventually { holder.isHeld(boot) }
  }

  @Test func `a server that cannot be asked proves nobody dead`() async throws {
    let liveness = AdvisoryLiveness(
      try PostgresDatabase(url: "postgresql://127.0.0.1:1/none?connect_timeout=2"))
    #expect(await !liveness.isFree(boot))
    #expect(!liveness.isHeld(boot))
    await liveness.release(boot)
  }
}
