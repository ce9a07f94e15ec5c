import Engine
import Foundation
import Glibc
import SQLiteDriver
import Synchronization
import Testing

@Suite struct SocketWakeTests {
  /// Counts what is heard.
  private final class Ear: Sendable {
    private let count = Atomic<Int>(0)
    var heard: Int { count.load(ordering: .relaxed) }
    func hear() { count.add(1, ordering: .relaxed) }

    /// Waits for so many rings; gives up loudly after a minute.
    func waits(for wanted: Int) async throws {
      let end = ContinuousClock.now.advanced(by: .seconds(60))
      while heard < wanted {
        try #require(ContinuousClock.now < end, "a ring was not heard within a minute")
        await Task.yield()
      }
    }
  }

  private func sockets(_ folder: TestFolder) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder.file + ".wake")) ?? []
  }

  @Test func `a ring is heard by all who listen on the file, and by nobody else`() async throws {
    let (folder, other) = (try TestFolder(), try TestFolder())
    let wakes = try (0..<3).map { _ in try SocketWake(databasePath: folder.file) }
    let ears = (0..<3).map { _ in Ear() }
    let stranger = Ear()
    let listening = zip(wakes, ears).map { wake, ear in wake.listen { ear.hear() } }
    let apart = try SocketWake(databasePath: other.file).listen { stranger.hear() }
    await wakes[0].ring()
    for ear in ears { try await ear.waits(for: 1) }
    await wakes[2].ring()
    for ear in ears { try await ear.waits(for: 2) }
    #expect(stranger.heard == 0)
    for one in listening + [apart] { one.stop() }
    let end = ContinuousClock.now.advanced(by: .seconds(60))
    while !sockets(folder).isEmpty {
      try #require(ContinuousClock.now < end, "the sockets stay")
      await Task.yield()
    }
  }

  @Test func `a socket whose process is gone is removed by the next ring`() async throws {
    let folder = try TestFolder()
    let wake = try SocketWake(databasePath: folder.file)
    let left = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let path = folder.file + ".wake/9-left.sock"
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let bound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(left, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    #expect(bound == 0)
    close(left)
    #expect(sockets(folder) == ["9-left.sock"])
    await wake.ring()
    #expect(sockets(folder).isEmpty)
  }

  @Test func `a database with a long path is woken like any other`() async throws {
    let folder = try TestFolder()
    let deep = folder.path + "/" + String(repeating: "deep-", count: 40)
    try FileManager.default.createDirectory(atPath: deep, withIntermediateDirectories: true)
    let wake = try SocketWake(databasePath: deep + "/aiom.sqlite")
    let ear = Ear()
    let listening = wake.listen { ear.hear() }
    await wake.ring()
    try await ear.waits(for: 1)
    listening.stop()
  }

  @Test func `many rings while nobody has time are one`() async throws {
    let folder = try TestFolder()
    let wake = try SocketWake(databasePath: folder.file)
    let ear = Ear()
    let listening = wake.listen { ear.hear() }
    for _ in 0..<2000 { await wake.ring() }
    try await ear.waits(for: 1)
    #expect(ear.heard <= 2000)
    listening.stop()
  }
}
