import Foundation
import NIOCore
import Testing

@testable import SMTP2GO

@Suite struct ByteSourceTests {
  /// Takes everything out of a source, with a limit of its own for each piece.
  private func drained(
    _ source: any ByteSource, limit: (inout Seed) -> Int, seed: inout Seed
  ) throws -> [UInt8] {
    var (source, result) = (source, [UInt8]())
    while true {
      let limit = limit(&seed)
      guard var piece = try source.next(limit) else { break }
      #expect(piece.readableBytes > 0)
      result += piece.readBytes(length: piece.readableBytes) ?? []
    }
    return result
  }

  private func bytes(_ count: Int, _ seed: inout Seed) -> [UInt8] {
    (0..<count).map { _ in UInt8.random(in: 0...255, using: &seed) }
  }

  @Test(arguments: Seed.some)
  func `base64 in pieces is the base64 of the whole`(seed: UInt64) throws {
    var random = Seed(seed)
    for count in [0, 1, 2, 3, 4, 56, 57, 58, 114, 1000, 3001] {
      let raw = bytes(count, &random)
      let parts: [any ByteSource] = [
        ArraySource(Array(raw.prefix(count / 3))),
        BufferSource(ByteBuffer(bytes: raw.dropFirst(count / 3))),
      ]
      let flat = Base64Source(JoinedSource(parts))
      let lined = Base64Source(JoinedSource(parts), layout: .lines)
      let limits = { (seed: inout Seed) in Int.random(in: 1...500, using: &seed) }
      let flatBytes = try drained(flat, limit: limits, seed: &random)
      let linedBytes = try drained(lined, limit: limits, seed: &random)
      #expect(String(decoding: flatBytes, as: UTF8.self) == Data(raw).base64EncodedString())
      let expected = Data(raw).base64EncodedString(
        options: [.lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed])
      let ended = expected.isEmpty ? "" : expected + "\r\n"
      #expect(String(decoding: linedBytes, as: UTF8.self) == ended)
      #expect(flat.length == flatBytes.count, "seed \(seed) count \(count)")
      #expect(lined.length == linedBytes.count, "seed \(seed) count \(count)")
    }
  }

  @Test func `a file is read in pieces of any size`() throws {
    let directory = try TestDirectory()
    var random = Seed(7)
    let raw = bytes(10_000, &random)
    let source = FileSource(try OpenFile(path: try directory.file("a", raw)))
    #expect(source.length == 10_000)
    let read = try drained(source, limit: { Int.random(in: 1...4000, using: &$0) }, seed: &random)
    #expect(read == raw)
  }

  @Test func `an empty file is no bytes`() throws {
    let directory = try TestDirectory()
    var source = FileSource(try OpenFile(path: try directory.file("a", [])))
    #expect(try source.next(10) == nil)
    #expect(source.length == 0)
  }

  @Test(arguments: [[UInt8](repeating: 1, count: 50), [UInt8](repeating: 1, count: 150)])
  func `a file that changes its length never ends`(later: [UInt8]) throws {
    let directory = try TestDirectory()
    let path = try directory.file("a", [UInt8](repeating: 0, count: 100))
    var source = FileSource(try OpenFile(path: path))
    #expect(try source.next(10)?.readableBytes == 10)
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try handle.truncate(atOffset: UInt64(later.count))
    try handle.close()
    #expect(throws: OpenFile.Fault.changed) {
      while try source.next(30) != nil {}
    }
  }

  @Test func `only regular files can be opened`() throws {
    let directory = try TestDirectory()
    for path in [directory.path, directory.path + "/none", "/dev/null"] {
      #expect(throws: OpenFile.Fault.unreadable) { try OpenFile(path: path) }
    }
  }
}
