import Engine
import Foundation
import PostgresDriver
import Store
import TestSupport
import Testing

@Suite(.onPostgres, .serialized) struct PostgresMigrationTests {
  private static let names = Migrator.all.map(\.name)

  @Test func `an empty schema gets every step, a second time none`() async throws {
    let store = SQLStore(database: try await TestPostgres.database(), entropy: .system)
    #expect(try await store.schemaVersion() == 0)
    #expect(try await store.migrate() == Self.names)
    #expect(try await store.schemaVersion() == Self.names.count)
    #expect(try await store.migrate().isEmpty)
  }

  @Test func `of ten starts at once one applies the steps and the others see them`() async throws {
    let url = try await TestPostgres.schema()
    let applied = try await withThrowingTaskGroup(of: [String].self) { tasks in
      for _ in 0..<10 {
        tasks.addTask {
          let database = try PostgresDatabase(url: url, limits: TestPostgres.smallLimits)
          return try await Migrator(database: database).migrate()
        }
      }
      return try await tasks.reduce(into: []) { $0.append($1) }
    }
    #expect(applied.count == 10)
    #expect(applied.filter { !$0.isEmpty } == [Self.names])
    let numbers = try await PostgresDatabase(url: url, limits: TestPostgres.smallLimits).integers(
      "SELECT number FROM schema_migrations ORDER BY number")
    #expect(numbers == Migrator.all.map { Int64($0.number) })
  }

  @Test func `a step that fails takes back all steps of its run`() async throws {
    let database = try await TestPostgres.database()
    let broken = Migration(number: Migrator.all.count + 1, name: "broken") { _ in
      ["CREATE TABLE half (n BIGINT)", "CREATE NONSENSE"]
    }
    await #expect(throws: StoreError.self) {
      try await Migrator(database: database, migrations: Migrator.all + [broken]).migrate()
    }
    #expect(try await PostgresSchema.dump(database).isEmpty)
    #expect(try await Migrator(database: database).version() == 0)
    #expect(try await Migrator(database: database).migrate() == Self.names)
  }

  @Test func `a newer schema is refused with what to do`() async throws {
    let database = try await TestPostgres.database()
    _ = try await Migrator(database: database).migrate()
    try await database.run(
      "INSERT INTO schema_migrations (number, name, applied_at) VALUES (99, 'later', 0)")
    let error = await #expect(throws: StoreError.self) {
      try await Migrator(database: database).migrate()
    }
    #expect(error?.code == "schema")
    #expect(error?.detail.contains("use a newer aiom") == true)
  }

  /// `AIOM_UPDATE_GOLDEN=1` writes the file anew; the difference is reviewed like code.
  @Test func `the schema is the reviewed one`() async throws {
    let database = try await TestPostgres.database()
    _ = try await Migrator(database: database).migrate()
    let found = try await PostgresSchema.dump(database)
    if ProcessInfo.processInfo.environment["AIOM_UPDATE_GOLDEN"] == "1" {
      try found.write(to: PostgresSchema.golden, atomically: true, encoding: .utf8)
    }
    let reviewed = try String(contentsOf: PostgresSchema.golden, encoding: .utf8)
    let (new, old) = (Self.lines(found), Self.lines(reviewed))
    #expect(new.subtracting(old).sorted() == [], "not in Golden/schema.txt")
    #expect(old.subtracting(new).sorted() == [], "no longer in the schema")
    #expect(found == reviewed)
  }

  private static func lines(_ text: String) -> Set<Substring> { Set(text.split(separator: "\n")) }

  @Test func `no column of text is compared by the rules of a language`() async throws {
    let database = try await TestPostgres.database()
    _ = try await Migrator(database: database).migrate()
    let languages = try await database.texts(
      """
      SELECT table_name || '.' || column_name FROM information_schema.columns
      WHERE table_schema = current_schema() AND data_type = 'text'
        AND COALESCE(collation_name, '') <> 'C'
      """)
    #expect(languages == [])
  }
}

/// The schema as the database itself holds it.
enum PostgresSchema {
  static func dump(_ database: PostgresDatabase) async throws -> String {
    var lines: [String] = []
    for query in [columns, constraints, indexes, triggers] {
      lines += try await database.texts(query)
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private static let columns = """
    SELECT 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
      || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
      || COALESCE(' default ' || pg_get_expr(d.adbin, d.adrelid, true), '')
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
      AND NOT a.attisdropped AND c.relname <> 'schema_migrations'
    ORDER BY c.relname COLLATE "C", a.attnum
    """

  private static let constraints = """
    SELECT 'constraint ' || c.relname || ' ' || k.conname || ' ' || pg_get_constraintdef(k.oid, true)
    FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
    WHERE k.connamespace = current_schema()::regnamespace AND c.relname <> 'schema_migrations'
    ORDER BY c.relname COLLATE "C", k.conname COLLATE "C"
    """

  private static let indexes = """
    SELECT 'index ' || pg_get_indexdef(i.indexrelid, 0, true)
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    LEFT JOIN pg_constraint k ON k.conindid = i.indexrelid AND k.contype IN ('p', 'u')
    WHERE c.relnamespace = current_schema()::regnamespace AND k.oid IS NULL
    ORDER BY c.relname COLLATE "C"
    """

  private static let triggers = """
    SELECT 'trigger ' || pg_get_triggerdef(t.oid, true)
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE c.relnamespace = current_schema()::regnamespace AND NOT t.tgisinternal
    ORDER BY t.tgname COLLATE "C"
    """

  static let golden = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Golden/schema.txt")
}
