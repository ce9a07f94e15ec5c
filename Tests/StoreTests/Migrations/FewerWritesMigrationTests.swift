import ActionProtocol
import Decisions
import Engine
import SQLiteDriver
import Store
import Testing

/// A database in which stages had rows and messages counted by their state, brought up to date.
@Suite struct FewerWritesMigrationTests {
  private func upgraded(_ rows: [String]) async throws -> (TestFolder, SQLStore) {
    let folder = try TestFolder()
    let database = try folder.open()
    let before = Migrator.all.prefix { $0.name != "fewer_writes" }
    _ = try await Migrator(database: database, migrations: Array(before)).migrate()
    for row in rows { try await database.run(row) }
    _ = try await Migrator(database: database).migrate()
    return (folder, SQLStore(database: database, entropy: .system))
  }

  private func message(_ number: Int, _ state: String) -> String {
    """
    INSERT INTO outreach (org_id, action_id, revision, call, channel, partner_id, scope, delivery,
      state, at)
    VALUES ('acme', 'action-100\(number)', 1, 1, 'email', \(number),
      's\(number)', 'sandbox', '\(state)', \(number))
    """
  }

  @Test func `a message counts afterwards exactly as it did before`() async throws {
    let (folder, store) = try await upgraded([
      message(1, "reserved"), message(2, "sent"), message(3, "released"),
    ])
    let org = try #require(OrgID(rawValue: "acme"))
    try await store.read { store in
      for (number, counts) in [(1, true), (2, true), (3, false)] {
        let facts = try store.outreachFacts(
          org, channel: .email, partners: [try #require(PartnerID(rawValue: Int64(number)))],
          addresses: [], scopes: ["s\(number)"], delivery: .sandbox)
        let expected = counts ? Instant(milliseconds: Int64(number)) : nil
        #expect(facts.lastToPartner == expected, "\(number)")
        #expect(facts.lastInScope["s\(number)"] == expected, "\(number)")
      }
    }
    withExtendedLifetime(folder) {}
  }

  @Test func `stages that were written before are read as they were`() async throws {
    let (folder, store) = try await upgraded(
      Stage.allCases.enumerated().map { place, stage in
        """
        INSERT INTO stages (org_id, action_id, revision, call, stage, started_at, microseconds,
          result, detail)
        VALUES ('acme', 'action-1001', 1, 1, '\(stage.rawValue)',
          \(place), 7, 'ok', NULL)
        """
      })
    let org = try #require(OrgID(rawValue: "acme"))
    let id = try #require(ActionID(rawValue: "action-1001"))
    let found = try await store.read { try $0.stages(org, id) }
    #expect(found.map(\.stage.stage) == Stage.allCases)
    #expect(found.map(\.stage.startedAt.milliseconds) == [0, 1, 2, 3, 4, 5])
    withExtendedLifetime(folder) {}
  }
}
