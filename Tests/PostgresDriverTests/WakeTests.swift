import Engine
import PostgresDriver
import Synchronization
import TestSupport
import Testing

@Suite(.onPostgres, .serialized) struct PostgresWakeTests {
  /// Counts what is heard.
  private final class Ear: Sendable {
    private let count = Atomic<Int>(0)
    var heard: Int { count.load(ordering: .relaxed) }
    func hear() { count.add(1, ordering: .relaxed) }

    func waits(for wanted: Int) async throws {
      try await eventually { self.heard >= wanted }
    }
  }

  @Test func `a ring is heard by every process on the schema, the ringing one included`()
    async throws
  {
    let url = try await TestPostgres.schema()
    let wakes = try (0..<3).map { _ in
      PostgresWake(try PostgresDatabase(url: url, limits: TestPostgres.smallLimits))
    }
    let stranger = PostgresWake(try await TestPostgres.database())
    let ears = (0..<4).map { _ in Ear() }
    let listening = zip(wakes + [stranger], ears).map { wake, ear in wake.listen { ear.hear() } }
    // Each new connection is heard once, because something may have been missed before it.
    for ear in ears { try await ear.waits(for: 1) }
    await wakes[0].ring()
    for ear in ears.prefix(3) { try await ear.waits(for: 2) }
    await wakes[1].ring()
    for ear in ears.prefix(3) { try await ear.waits(for: 3) }
    #expect(ears[3].heard == 1)
    for one in listening { one.stop() }
  }

  @Test func `who stopped listening hears nothing, and who lost the connection hears again`()
    async throws
  {
    let url = try await TestPostgres.schema()
    let database = try PostgresDatabase(url: url, limits: TestPostgres.smallLimits)
    let (one, two) = (Ear(), Ear())
    let wake = PostgresWake(database)
    let first = wake.listen { one.hear() }
    let second = wake.listen { two.hear() }
    try await one.waits(for: 1)
    try await two.waits(for: 1)
    first.stop()
    let before = (one.heard, two.heard)
    let killed = try await database.integers(
      """
      SELECT CAST(pg_terminate_backend(pid) AS INT) FROM pg_stat_activity
      WHERE query LIKE 'LISTEN aiom_' || to_hex(hashtextextended(
        'aiom.schema:' || current_schema(), 0)) || '%'
      """)
    #expect(killed == [1])
    try await two.waits(for: before.1 + 1)
    await wake.ring()
    try await two.waits(for: before.1 + 2)
    #expect(one.heard == before.0)
    second.stop()
  }

  @Test func `a server that is not there is rung in vain and harms nobody`() async throws {
    let wake = PostgresWake(try PostgresDatabase(url: "postgresql://127.0.0.1:1/none"))
    await wake.ring()
  }
}
