import Engine
import Foundation
import SQLiteDriver
import Store
import Testing

@Suite struct FileEpochTests {
  @Test func `what is remembered is read again, and only ever rises`() throws {
    let folder = try TestFolder()
    _ = try folder.open()
    let memory = FileEpoch(databasePath: folder.file)
    #expect(try memory.read() == nil)
    try memory.begin(EpochMark(epoch: "one", auditTotal: 7, file: memory.file))
    #expect(try memory.read() == EpochMark(epoch: "one", auditTotal: 7, file: memory.file))
    #expect(memory.file != nil)
    try memory.raise("one", to: 1_000_000)
    try memory.raise("one", to: 12)
    #expect(try memory.read()?.auditTotal == 1_000_000)
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.file + ".epoch")
    #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
  }

  @Test func `another epoch, a damaged file and a missing one are told apart from a mark`() throws {
    let folder = try TestFolder()
    let memory = FileEpoch(databasePath: folder.file)
    #expect(throws: StoreError.self) { try memory.raise("one", to: 1) }
    try memory.begin(EpochMark(epoch: "one", auditTotal: 7))
    #expect(throws: StoreError.self) { try memory.raise("two", to: 9) }
    #expect(try memory.read()?.auditTotal == 7)
    try Data("something else".utf8).write(to: URL(fileURLWithPath: folder.file + ".epoch"))
    #expect(throws: StoreError.self) { try memory.read() }
  }

  @Test func `many that raise it at once leave the highest`() async throws {
    let folder = try TestFolder()
    let path = folder.file
    try FileEpoch(databasePath: path).begin(EpochMark(epoch: "one", auditTotal: 0))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for worker in 0..<8 {
        group.addTask {
          let memory = FileEpoch(databasePath: path)
          for step in 0..<100 { try memory.raise("one", to: Int64(step * 8 + worker)) }
        }
      }
      try await group.waitForAll()
    }
    #expect(try FileEpoch(databasePath: path).read()?.auditTotal == 799)
  }
}
