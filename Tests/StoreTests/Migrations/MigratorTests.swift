import Engine
import Foundation
import SQLiteDriver
import Store
import Testing

@Suite struct MigratorTests {
  private static let names = Migrator.all.map(\.name)

  @Test func `an empty file gets every step, a second time none`() async throws {
    let folder = try TestFolder()
    let store = SQLStore(database: try folder.open(), entropy: .system)
    #expect(try await store.schemaVersion() == 0)
    #expect(try await store.migrate() == Self.names)
    #expect(try await store.schemaVersion() == Self.names.count)
    #expect(try await store.migrate().isEmpty)
  }

  @Test func `steps are numbered from one without gaps`() {
    #expect(Migrator.all.map(\.number) == Array(1...Migrator.all.count))
    #expect(Set(Self.names).count == Self.names.count)
  }

  @Test func `of many starts at once one applies the steps and the others see them`()
    async throws
  {
    let folder = try TestFolder()
    let applied = try await withThrowingTaskGroup(of: [[String]].self) { tasks in
      for _ in 0..<3 {
        tasks.addTask {
          let database = try folder.open()
          return try await withThrowingTaskGroup(of: [String].self) { starts in
            for _ in 0..<3 {
              starts.addTask { try await Migrator(database: database).migrate() }
            }
            return try await starts.reduce(into: []) { $0.append($1) }
          }
        }
      }
      return try await tasks.reduce(into: []) { $0 += $1 }
    }
    #expect(applied.filter { !$0.isEmpty } == [Self.names])
    #expect(applied.count == 9)
    let numbers = try await folder.open().integers(
      "SELECT number FROM schema_migrations ORDER BY number")
    #expect(numbers == Migrator.all.map { Int64($0.number) })
  }

  @Test func `a newer schema is refused with what to do, and nothing is changed`() async throws {
    let folder = try TestFolder()
    let database = try folder.open()
    _ = try await Migrator(database: database).migrate()
    try await database.run(
      "INSERT INTO schema_migrations (number, name, applied_at) VALUES (99, 'later', 0)")
    let before = try await Schema.dump(database)
    let error = await #expect(throws: StoreError.self) {
      try await Migrator(database: database).migrate()
    }
    #expect(error?.code == "schema")
    #expect(error?.detail.contains("use a newer aiom") == true)
    #expect(try await Schema.dump(database) == before)
    #expect(try await Migrator(database: database).version() == 99)
  }

  @Test func `a step that fails takes back all steps of its run`() async throws {
    let folder = try TestFolder()
    let database = try folder.open()
    let broken = Migration(number: Migrator.all.count + 1, name: "broken") { _ in
      ["CREATE TABLE half (n BIGINT)", "CREATE NONSENSE"]
    }
    await #expect(throws: StoreError.self) {
      try await Migrator(database: database, migrations: Migrator.all + [broken]).migrate()
    }
    #expect(try await Schema.dump(database).isEmpty)
    #expect(try await Migrator(database: database).version() == 0)
    #expect(try await Migrator(database: database).migrate() == Self.names)
  }

  @Test func `only what is missing is applied`() async throws {
    let folder = try TestFolder()
    let database = try folder.open()
    _ = try await Migrator(database: database).migrate()
    let next = Migration(number: Migrator.all.count + 1, name: "next") { _ in
      ["CREATE TABLE next_step (n BIGINT)"]
    }
    let newer = Migrator(database: database, migrations: Migrator.all + [next])
    #expect(try await newer.migrate() == ["next"])
    #expect(try await newer.version() == next.number)
    #expect(try await database.integers("SELECT COUNT(*) FROM next_step") == [0])
  }
}

/// The schema as the database itself holds it.
enum Schema {
  /// Every statement of `sqlite_master`, in order of kind and name.
  static func dump(_ database: any SQLDatabase) async throws -> String {
    let statements = try await database.texts(
      """
      SELECT sql FROM sqlite_master
      WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND name <> 'schema_migrations'
      ORDER BY type, name
      """)
    return statements.map { $0 + ";\n" }.joined(separator: "\n")
  }

  static let golden = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Golden/schema.sql")
}

@Suite struct GoldenSchemaTests {
  /// `AIOM_UPDATE_GOLDEN=1` writes the file anew; the difference is reviewed like code.
  @Test func `the schema is the reviewed one`() async throws {
    let folder = try TestFolder()
    let database = try folder.open()
    _ = try await Migrator(database: database).migrate()
    let found = try await Schema.dump(database)
    if ProcessInfo.processInfo.environment["AIOM_UPDATE_GOLDEN"] == "1" {
      try found.write(to: Schema.golden, atomically: true, encoding: .utf8)
    }
    let reviewed = try String(contentsOf: Schema.golden, encoding: .utf8)
    let (new, old) = (Self.statements(found), Self.statements(reviewed))
    #expect(new.subtracting(old).sorted() == [], "not in Golden/schema.sql")
    #expect(old.subtracting(new).sorted() == [], "no longer in the schema")
    #expect(found == reviewed)
  }

  @Test func `every table of a company's data is keyed by org`() async throws {
    let folder = try TestFolder()
    let database = try folder.open()
    _ = try await Migrator(database: database).migrate()
    let tables = try await database.texts(
      """
      SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
        AND name NOT IN ('schema_migrations', 'installation', 'boots', 'leaders', 'stop_board',
          'stops', 'stop_acknowledgements', 'persons', 'person_passwords', 'sessions',
          'access_links', 'login_failures', 'code_keys', 'passkeys', 'passkey_challenges')
      ORDER BY name
      """)
    #expect(tables.count > 15)
    for table in tables {
      let first = try await database.texts(
        "SELECT name FROM pragma_table_info('\(table)') WHERE pk = 1")
      #expect(first == ["org_id"], "the first key column of \(table)")
    }
  }

  @Test func `no column holds floating point`() async throws {
    let folder = try TestFolder()
    let database = try folder.open()
    _ = try await Migrator(database: database).migrate()
    let kinds = try await database.texts(
      """
      SELECT DISTINCT info.type FROM sqlite_master AS main, pragma_table_info(main.name) AS info
      WHERE main.type = 'table' AND main.name NOT LIKE 'sqlite_%' ORDER BY info.type
      """)
    #expect(kinds == ["BIGINT", "BLOB", "TEXT"])
  }

  private static func statements(_ text: String) -> Set<String> {
    Set(text.components(separatedBy: ";\n").map { $0.trimmingCharacters(in: .newlines) })
  }
}
