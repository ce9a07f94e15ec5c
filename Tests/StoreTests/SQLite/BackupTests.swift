import ActionProtocol
import Engine
import Foundation
import SQLiteDriver
import Store
import Synchronization
import Testing

@Suite struct BackupTests {
  private static let blob = Array("an attachment".utf8)

  /// A database with a row, and one attachment.
  private func house() async throws -> (folder: TestFolder, blobs: String) {
    let folder = try TestFolder()
    let store = try await folder.store()
    try await store.write { try $0.setInstallationValue("test", to: "saved") }
    let blobs = folder.path + "/blobs"
    try FileManager.default.createDirectory(atPath: blobs, withIntermediateDirectories: true)
    try Data(Self.blob).write(
      to: URL(fileURLWithPath: "\(blobs)/\(Digest.sha256(Self.blob).hex)"))
    return (folder, blobs)
  }

  private func save(_ folder: TestFolder, _ blobs: String) throws -> String {
    let path = folder.path + "/saved.backup"
    _ = try BackupWriter(database: folder.file, blobs: blobs).write(
      to: path, at: "2026-03-04T15:00:00Z", progress: { _ in })
    return path
  }

  @Test func `a backup holds the database and its attachments, for its owner alone`() async throws {
    let (folder, blobs) = try await house()
    let parts = Mutex<Set<BackupProgress.Part>>([])
    let path = folder.path + "/saved.backup"
    let manifest = try BackupWriter(database: folder.file, blobs: blobs).write(
      to: path, at: "2026-03-04T15:00:00Z"
    ) { step in
      parts.withLock { _ = $0.insert(step.part) }
    }
    #expect(manifest.schemaVersion == Migrator.all.count)
    #expect(manifest.blobs == 1 && manifest.blobBytes == Int64(Self.blob.count))
    #expect(parts.withLock { $0 } == [.database, .attachments, .checking])
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(!names.contains { $0.contains("draft") || $0.hasPrefix("saved.backup-") })
    // What happens afterwards is not in it, and it puts back what was lost.
    let store = try await folder.store()
    try await store.write { try $0.setInstallationValue("test", to: "later") }
    try FileManager.default.removeItem(atPath: blobs)
    let reader = BackupReader(database: folder.path + "/other.sqlite", blobs: blobs)
    let draft = try reader.prepare(path, knowing: Migrator.all.count, progress: { _ in })
    #expect(try draft.takePlace(keepingOldAs: "old") == nil)
    let other = SQLStore(
      database: try SQLiteDatabase(
        path: folder.path + "/other.sqlite", clock: { TestFolder.now }), entropy: .system)
    #expect(try await other.read { try $0.installationValue("test") } == "saved")
    #expect(try await other.schemaVersion() == Migrator.all.count)
    let content = FileManager.default.contents(
      atPath: "\(blobs)/\(Digest.sha256(Self.blob).hex)")
    #expect(content.map { [UInt8]($0) } == Self.blob)
  }

  @Test func `others write while it is saved, and it holds one moment of their work`() async throws
  {
    let folder = try TestFolder()
    let store = try await folder.store()
    // Two values that always change together.
    let write: @Sendable (Int) async throws -> Void = { number in
      try await store.write { store in
        try store.setInstallationValue("left", to: String(number))
        try store.setInstallationValue("right", to: String(number))
      }
    }
    try await write(0)
    let isOver = Mutex(false)
    async let writing: Int = {
      var number = 0
      while !isOver.withLock({ $0 }) {
        number += 1
        try await write(number)
      }
      return number
    }()
    for round in 1...10 {
      let path = folder.path + "/round\(round).backup"
      _ = try BackupWriter(database: folder.file, blobs: folder.path + "/none").write(
        to: path, at: "2026-03-04T15:00:00Z", progress: { _ in })
      let copy = try SQLiteDatabase(path: path, clock: { TestFolder.now })
      let values = try await copy.texts(
        "SELECT value FROM installation WHERE key IN ('left', 'right')")
      #expect(values.count == 2 && values[0] == values[1])
      try copy.close()
    }
    isOver.withLock { $0 = true }
    #expect(try await writing > 0)
  }

  @Test func `what is written into the draft is in the database that takes its place`()
    async throws
  {
    let (folder, blobs) = try await house()
    let path = try save(folder, blobs)
    let target = folder.path + "/other.sqlite"
    let draft = try BackupReader(database: target, blobs: blobs).prepare(
      path, knowing: Migrator.all.count, progress: { _ in })
    let opened = try SQLiteDatabase(path: draft.path, clock: { TestFolder.now })
    let store = SQLStore(database: opened, entropy: .system)
    _ = try await store.read { try $0.installationValue("test") }
    try await store.write { try $0.setInstallationValue("test", to: "stopped") }
    try opened.close()
    #expect(try draft.takePlace(keepingOldAs: "old") == nil)
    let restored = SQLStore(
      database: try SQLiteDatabase(path: target, clock: { TestFolder.now }), entropy: .system)
    #expect(try await restored.read { try $0.installationValue("test") } == "stopped")
  }

  @Test(arguments: ["truncated", "flipped", "text", "database"])
  func `a file that is damaged or no backup is refused, and the database stays`(
    _ kind: String
  ) async throws {
    let (folder, blobs) = try await house()
    let path = try save(folder, blobs)
    var bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
    switch kind {
    case "truncated": bytes.removeLast(bytes.count / 2)
    case "flipped":
      for index in stride(from: 5000, to: bytes.count, by: 997) { bytes[index] ^= 0xff }
    case "text": bytes = Array("not a database at all".utf8)
    default: bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: folder.file)))
    }
    let other = folder.path + "/other.backup"
    try Data(bytes).write(to: URL(fileURLWithPath: other))
    let reader = BackupReader(database: folder.file, blobs: blobs)
    #expect(throws: BackupFault.self) {
      try reader.prepare(other, knowing: Migrator.all.count, progress: { _ in })
    }
    let store = try await folder.store()
    #expect(try await store.read { try $0.installationValue("test") } == "saved")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(!names.contains { $0.contains("restoring") })
  }

  @Test func `an attachment that is not what it was stops the backup`() async throws {
    let (folder, blobs) = try await house()
    let name = Digest.sha256(Self.blob).hex
    try Data("something else".utf8).write(to: URL(fileURLWithPath: "\(blobs)/\(name)"))
    let fault = #expect(throws: BackupFault.self) { try save(folder, blobs) }
    #expect(fault?.code == "backup.blob_changed")
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/saved.backup"))
  }

  @Test func `while a process holds a boot nothing is restored`() async throws {
    let (folder, blobs) = try await house()
    let path = try save(folder, blobs)
    let liveness = try FlockLiveness(databasePath: folder.file)
    try liveness.hold(BootID("one"))
    let reader = BackupReader(database: folder.file, blobs: blobs)
    let fault = #expect(throws: BackupFault.self) {
      try reader.prepare(path, knowing: Migrator.all.count, progress: { _ in })
    }
    #expect(fault?.code == "restore.in_use")
    liveness.release(BootID("one"))
    try reader.prepare(path, knowing: Migrator.all.count, progress: { _ in }).discard()
  }
}
