import ActionProtocol
import Engine
import Foundation
import Glibc
import Sandbox
import Testing

@Suite(.serialized) struct RestoreTests {
  private static let isSoak = ProcessInfo.processInfo.environment["AIOM_SOAK"] == "1"
  private static let count = isSoak ? 1000 : 40

  @Test func `a backup that is many sends old is restored, and nothing goes out twice`()
    async throws
  {
    let house = try await Installation()
    _ = try await house.approvedMessages(Self.count)
    let file = house.folder + "/saved.backup"
    let saved = try await Binary.run(["backup", file, "--json"], house.environment)
    #expect(saved.status == 0, "\(saved.output)")
    #expect(try Self.mode(file) == 0o600)
    try await Self.run(house)
    #expect(await house.sandbox.mailbox.count == Self.count)
    let restored = try await Binary.run(["restore", file, "--yes", "--json"], house.environment)
    #expect(restored.status == 0, "\(restored.output)")
    #expect(Self.number(restored.output, "restoration", "completed") == Self.count)
    // Stopped until somebody resumes, and then nothing is left to do.
    let stopped = try await Binary.run(["action", "run", "--all", "--json"], house.environment)
    #expect(stopped.status == 5)
    #expect(stopped.output.contains("\"stopped\""))
    let resumed = try await Binary.run(["resume", "--json"], house.environment)
    #expect(resumed.status == 0, "\(resumed.output)")
    try await Self.run(house)
    let arrived = try await house.arrived()
    #expect(arrived.count == Self.count)
    #expect(Set(arrived).count == Self.count)
    #expect(try await Self.statuses(house) == ["completed": Self.count])
    print("restore: a backup \(Self.count) sends old, \(arrived.count) arrived in all")
    try await house.close()
  }

  @Test func `what was approved and is not in the activity is asked about again`() async throws {
    let house = try await Installation()
    _ = try await house.approvedMessages(3)
    let file = house.folder + "/saved.backup"
    #expect(try await Binary.run(["backup", file], house.environment).status == 0)
    #expect(try await Binary.run(["restore", file, "--yes"], house.environment).status == 0)
    let resumed = try await Binary.run(["resume", "--json"], house.environment)
    #expect(resumed.status == 0, "\(resumed.output)")
    try await Self.run(house)
    #expect(await house.sandbox.mailbox.count == 0)
    #expect(try await Self.statuses(house) == ["pending_approval": 3])
    try await house.close()
  }

  @Test func `without the provider's activity it stays stopped unless somebody insists`()
    async throws
  {
    let house = try await Installation()
    _ = try await house.approvedMessages(2)
    let file = house.folder + "/saved.backup"
    #expect(try await Binary.run(["backup", file], house.environment).status == 0)
    try await house.sandbox.stop()
    #expect(try await Binary.run(["restore", file, "--yes"], house.environment).status == 0)
    let refused = try await Binary.run(["resume", "--json"], house.environment)
    #expect(refused.status == 5)
    #expect(refused.output.contains("restore.activity_unreadable"))
    let insisted = try await Binary.run(
      ["resume", "--without-activity", "--json"], house.environment)
    #expect(insisted.status == 0, "\(insisted.output)")
    #expect(try await Self.statuses(house) == ["pending_approval": 2])
    _ = try await house.sandbox.start()
    try await house.close()
  }

  @Test func `a database that was put back by hand is noticed by the next start`() async throws {
    let house = try await Installation()
    // The first start begins the epoch.
    try await Self.run(house)
    let ids = try await house.approvedMessages(4)
    try Self.copy(house.database, to: house.folder + "/by-hand.sqlite")
    try await Self.run(house)
    #expect(await house.sandbox.mailbox.count == ids.count)
    try Self.putBack(house.folder + "/by-hand.sqlite", house.database)
    let run = try await Binary.run(["action", "run", "--all", "--json"], house.environment)
    #expect(run.status == 5)
    #expect(run.output.contains("database_older_than_last_use"))
    #expect(await house.sandbox.mailbox.count == ids.count)
    let resumed = try await Binary.run(["resume", "--json"], house.environment)
    #expect(Self.number(resumed.output, "restoration", "completed") == ids.count)
    try await Self.run(house)
    #expect(await house.sandbox.mailbox.count == ids.count)
    try await house.close()
  }

  @Test func `what is no backup, or is in use, or is there already, is refused`() async throws {
    let house = try await Installation()
    let file = house.folder + "/saved.backup"
    #expect(try await Binary.run(["backup", file], house.environment).status == 0)
    let again = try await Binary.run(["backup", file, "--json"], house.environment)
    #expect(again.status == 1)
    #expect(again.output.contains("backup.exists"))
    let foreign = try await Binary.run(
      ["restore", "--yes", house.database, "--json"], house.environment)
    #expect(foreign.output.contains("backup.not_a_backup"))
    let missing = try await Binary.run(
      ["restore", "--yes", file + "x", "--json"], house.environment)
    #expect(missing.output.contains("backup.not_a_backup"))
    let asked = try await Binary.run(["restore", file, "--json"], house.environment)
    #expect(asked.status == 2)
    let worker = try await Workers(1, house)
    let inUse = try await Binary.run(["restore", "--yes", file, "--json"], house.environment)
    #expect(inUse.output.contains("restore.in_use"))
    try await worker.end()
    try await house.close()
  }

  // MARK: - Means

  private static func run(_ house: Installation) async throws {
    let result = try await Binary.run(["action", "run", "--all", "--json"], house.environment)
    #expect(result.status == 0, "\(result.output)")
  }

  /// As the program sees them: the test's own connection is to the database that was moved aside.
  private static func statuses(_ house: Installation) async throws -> [String: Int] {
    let list = try await Binary.run(
      ["action", "list", "--limit", "10000", "--json"], house.environment)
    guard let object = StopProcessTests.object(list.output),
      case .array(let all)? = object["actions"]
    else { return [:] }
    return all.reduce(into: [:]) { counts, one in
      guard case .object(let action) = one, case .string(let status)? = action["status"] else {
        return
      }
      counts[status, default: 0] += 1
    }
  }

  private static func number(_ text: String, _ part: String, _ key: String) -> Int? {
    guard let object = StopProcessTests.object(text), case .object(let inner)? = object[part],
      case .integer(let number)? = inner[key]
    else { return nil }
    return Int(number)
  }

  private static func mode(_ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return (try #require(attributes[.posixPermissions] as? NSNumber)).intValue
  }

  /// As somebody with `cp` would: file and log.
  private static func copy(_ path: String, to other: String) throws {
    for end in ["", "-wal"] where FileManager.default.fileExists(atPath: path + end) {
      try FileManager.default.copyItem(atPath: path + end, toPath: other + end)
    }
  }

  /// Overwrites the contents, so that even the file's number stays the same.
  private static func putBack(_ path: String, _ database: String) throws {
    unlink(database + "-shm")
    unlink(database + "-wal")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: database))
    try handle.truncate(atOffset: 0)
    try handle.write(contentsOf: bytes)
    try handle.close()
    let log = URL(fileURLWithPath: path + "-wal")
    guard let rest = try? Data(contentsOf: log) else { return }
    try rest.write(to: URL(fileURLWithPath: database + "-wal"))
  }
}
