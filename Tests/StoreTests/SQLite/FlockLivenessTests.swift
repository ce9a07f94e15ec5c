import Engine
import Foundation
import SQLiteDriver
import Store
import Testing

@Suite struct FlockLivenessTests {
  private let boot = BootID("0a1b")

  @Test func `a held lock is not free, for its holder and for others`() throws {
    let folder = try TestFolder()
    let holder = try FlockLiveness(databasePath: folder.file)
    let other = try FlockLiveness(databasePath: folder.file)
    #expect(other.isFree(boot))
    try holder.hold(boot)
    #expect(!holder.isFree(boot))
    #expect(!other.isFree(boot))
    #expect(!other.isFree(boot), "looking must not take the lock away")
    holder.release(boot)
    #expect(holder.isFree(boot))
    #expect(other.isFree(boot))
  }

  @Test func `a boot's lock is taken once`() throws {
    let folder = try TestFolder()
    let holder = try FlockLiveness(databasePath: folder.file)
    let other = try FlockLiveness(databasePath: folder.file)
    try holder.hold(boot)
    for _ in 0..<3 {
      let error = #expect(throws: StoreError.self) { try other.hold(boot) }
      #expect(error?.code == "busy")
    }
    holder.release(boot)
    try other.hold(boot)
    #expect(!holder.isFree(boot))
  }

  @Test func `releasing what is not held changes nothing`() throws {
    let folder = try TestFolder()
    let holder = try FlockLiveness(databasePath: folder.file)
    let other = try FlockLiveness(databasePath: folder.file)
    try holder.hold(boot)
    other.release(boot)
    #expect(!other.isFree(boot))
  }

  @Test func `two paths to one database are one set of locks`() throws {
    let folder = try TestFolder()
    #expect(FileManager.default.createFile(atPath: folder.file, contents: nil))
    let link = folder.file + "-link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: folder.file)
    let direct = try FlockLiveness(databasePath: folder.file)
    let linked = try FlockLiveness(databasePath: link)
    try direct.hold(boot)
    #expect(!linked.isFree(boot))
    direct.release(boot)
    #expect(linked.isFree(boot))
  }

  @Test func `a linked folder before the database is there leads to the same locks`() throws {
    let folder = try TestFolder()
    let link = folder.file + "-folder"
    let place = (folder.file as NSString)
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: place.deletingLastPathComponent)
    let direct = try FlockLiveness(databasePath: folder.file)
    let linked = try FlockLiveness(databasePath: link + "/" + place.lastPathComponent)
    try direct.hold(boot)
    #expect(!linked.isFree(boot))
    direct.release(boot)
  }

  @Test func `the clock never goes back and the kernel is known`() throws {
    let folder = try TestFolder()
    let liveness = try FlockLiveness(databasePath: folder.file)
    let readings = (0..<1000).map { _ in liveness.monotonicNow() }
    #expect(readings == readings.sorted())
    #expect(readings[0] > 0)
    #expect(!liveness.kernelBoot.isEmpty && liveness.kernelBoot != "unknown")
  }
}
