import ActionProtocol
import Foundation
@testable import SQLiteDriver
import Store
import Synchronization
import Testing

@Suite struct DurabilityTests {
  @Test func `every commit is synced, in a write-ahead log, with foreign keys on`() async throws {
    let folder = try TestFolder()
    let database = try folder.open()
    #expect(try database.synchronousLevel() == 2)
    for pragma in ["foreign_keys": "1", "journal_mode": "wal", "synchronous": "2"] {
      let found = try await database.write { sql in
        try sql.first("PRAGMA \(pragma.key)") { $0.text(0) }
      }
      #expect(found == pragma.value, "\(pragma.key) of the writer")
    }
    #expect(try await database.texts("PRAGMA foreign_keys") == ["1"])
  }

  @Test func `the files are for their owner alone`() async throws {
    let folder = try TestFolder()
    let database = try folder.open()
    _ = try await Migrator(database: database).migrate()
    for suffix in ["", "-wal", "-shm"] {
      let attributes = try FileManager.default.attributesOfItem(atPath: folder.file + suffix)
      let mode = try #require(attributes[.posixPermissions] as? NSNumber)
      #expect(mode.intValue == 0o600, "aiom.sqlite\(suffix)")
    }
    try database.close()
  }

  @Test func `a folder that does not exist is refused with what to do`() throws {
    let folder = try TestFolder()
    let error = #expect(throws: StoreError.self) {
      _ = try SQLiteDatabase(path: folder.path + "/none/aiom.sqlite", clock: { TestFolder.now })
    }
    #expect(error?.code == "not_writable")
    #expect(error?.detail.contains("AIOM_HOME") == true)
  }

  @Test func `a file that is no database is refused`() throws {
    let folder = try TestFolder()
    try Data(String(repeating: "This is no database. ", count: 400).utf8)
      .write(to: URL(filePath: folder.file))
    let error = #expect(throws: StoreError.self) { _ = try folder.open() }
    #expect(error?.code == "corrupt")
  }

  @Test func `what was acknowledged is there for another process`() async throws {
    let folder = try TestFolder()
    let first = try folder.open()
    let second = try folder.open()
    try await first.run("CREATE TABLE t (n BIGINT PRIMARY KEY)")
    try await first.run("INSERT INTO t VALUES (1)")
    #expect(try await second.integers("SELECT n FROM t") == [1])
  }

  @Test func `time never goes back inside a process`() async throws {
    let folder = try TestFolder()
    let clock = Mutex<[Int64]>([1000, 5000, 3000, 4000, 6000])
    let database = try SQLiteDatabase(
      path: folder.file,
      clock: { clock.withLock { Instant(milliseconds: $0.removeFirst()) } })
    var seen: [Int64] = []
    for turn in 0..<5 {
      let now =
        turn % 2 == 0
        ? try await database.write { $0.now } : try await database.read { $0.now }
      seen.append(now.milliseconds)
    }
    #expect(seen == [1000, 5000, 5000, 5000, 6000])
  }

  @Test func `a read cannot write`() async throws {
    let folder = try TestFolder()
    let database = try folder.open()
    await #expect(throws: StoreError.self) {
      try await database.read { try $0.execute("CREATE TABLE t (n BIGINT)", []) }
    }
  }
}

@Suite struct ValueTests {
  private static let values: [SQLValue] = [
    .null, .integer(0), .integer(.max), .integer(.min), .text(""), .text("a\u{0}b"),
    .text("Zürich \u{1F600}"), .blob([]), .blob([0, 255, 0]),
  ]

  @Test(arguments: values)
  func `a value comes back as it was bound`(_ value: SQLValue) async throws {
    let folder = try TestFolder()
    let database = try folder.open()
    let found = try await database.write { sql in
      try sql.first("SELECT $1, typeof($1)", [value]) { row -> SQLValue in
        switch row.text(1) {
        case "null": row.isNull(0) ? .null : .text("not null")
        case "integer": .integer(row.integer(0))
        case "text": .text(row.text(0))
        default: .blob(row.blob(0))
        }
      }
    }
    #expect(found == value)
  }

  @Test func `a query may run inside its own rows`() async throws {
    let folder = try TestFolder()
    let database = try folder.open()
    let pairs = try await database.write { sql in
      let query = "WITH t(n) AS (VALUES (1), (2), (3)) SELECT n FROM t"
      return try sql.all(query) { outer in
        let number = outer.integer(0)
        return try sql.all(query) { $0.integer(0) * number }
      }
    }
    #expect(pairs == [[1, 2, 3], [2, 4, 6], [3, 6, 9]])
  }

  @Test func `a statement with too few or too many values is refused`() async throws {
    let folder = try TestFolder()
    let database = try folder.open()
    for values in [[], [SQLValue.null, .null]] {
      await #expect(throws: StoreError.self) {
        try await database.write { _ = try $0.first("SELECT $1", values) { $0.integer(0) } }
      }
    }
  }

  @Test func `an error names no value of a row`() async throws {
    let folder = try TestFolder()
    let database = try folder.open()
    let error = await #expect(throws: StoreError.self) {
      try await database.write { sql in
        try sql.execute("CREATE TABLE t (address TEXT PRIMARY KEY)", [])
        try sql.execute("INSERT INTO t VALUES ($1)", [.text("ann@example.com")])
        try sql.execute("INSERT INTO t VALUES ($1)", [.text("ann@example.com")])
      }
    }
    #expect(error?.code == "constraint")
    #expect(error.map { !"\($0)".contains("ann@example.com") } == true)
  }
}
