import ActionProtocol
import Connectors
import Engine
import Foundation
import Testing

/// A folder of blobs that goes away with the test.
private final class BlobFolder {
  let path = NSTemporaryDirectory() + "aiom-blobs-\(UUID().uuidString)"
  var store: FileBlobStore { FileBlobStore(directory: path) }

  deinit { try? FileManager.default.removeItem(atPath: path) }  // never made where nothing was put
}

@Suite struct BlobStoreTests {
  @Test(arguments: [0, 1, 256 * 1024 - 1, 256 * 1024, 256 * 1024 + 1, 3_000_000])
  func `what was put is found as a file of its size and content`(_ count: Int) throws {
    let folder = BlobFolder()
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
    let digest = try folder.store.put(bytes)
    #expect(digest == .sha256(bytes))
    let file = try #require(try folder.store.file(digest))
    #expect(file.size == Int64(count))
    #expect(FileManager.default.contents(atPath: file.path).map { [UInt8]($0) } == bytes)
    #expect(try folder.store.put(bytes) == digest)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 1)
  }

  @Test func `what was never put is not there`() throws {
    let folder = BlobFolder()
    #expect(try folder.store.file(.sha256([1])) == nil)
    _ = try folder.store.put([2])
    #expect(try folder.store.file(.sha256([1])) == nil)
  }

  @Test(arguments: ["", "x", "hellp", "hello!"])
  func `a file that is not what its name says is refused`(_ content: String) throws {
    let folder = BlobFolder()
    let digest = try folder.store.put(Array("hello".utf8))
    let file = try #require(try folder.store.file(digest))
    try Data(content.utf8).write(to: URL(filePath: file.path))
    #expect(throws: (any Error).self) { try folder.store.file(digest) }
  }

  @Test func `a link in the place of a blob is refused`() throws {
    let folder = BlobFolder()
    let digest = try folder.store.put(Array("hello".utf8))
    let path = try #require(try folder.store.file(digest)).path
    try FileManager.default.moveItem(atPath: path, toPath: path + ".real")
    try FileManager.default.createSymbolicLink(
      atPath: path, withDestinationPath: path + ".real")
    #expect(throws: (any Error).self) { try folder.store.file(digest) }
  }
}
