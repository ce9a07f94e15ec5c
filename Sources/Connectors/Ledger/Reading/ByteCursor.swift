import Foundation

/// Where a file's bytes come from, piece by piece.
protocol ByteChunks {
  /// The next bytes; empty at the end.
  mutating func next() throws -> [UInt8]
}

/// Bytes of an open file in pieces of 64 kB.
struct FileChunks: ByteChunks {
  private let file: FileHandle

  init(_ file: FileHandle) { self.file = file }

  mutating func next() throws -> [UInt8] {
    do {
      guard let data = try file.read(upToCount: 65_536) else { return [] }
      return [UInt8](data)
    } catch {
      throw LedgerFileError(
        "file.io", "The file could not be read to its end.",
        remedy: "Check the disk or the connection it lies on and import again.")
    }
  }
}

/// Goes through bytes one by one, in constant memory, counting lines.
struct ByteCursor {
  /// The line of the next byte, from 1.
  private(set) var line = 1
  private var chunks: any ByteChunks
  private var buffer: [UInt8] = []
  private var index = 0
  private var isAtEnd = false
  private var wasReturn = false

  init(_ chunks: any ByteChunks) { self.chunks = chunks }

  /// The next byte, which stays; nil at the end.
  mutating func peek() throws -> UInt8? {
    if index == buffer.count { try refill() }
    return index < buffer.count ? buffer[index] : nil
  }

  /// The next byte; nil at the end.
  mutating func next() throws -> UInt8? {
    guard let byte = try peek() else { return nil }
    index += 1
    let isReturn = byte == UInt8(ascii: "\r")
    if isReturn || (byte == UInt8(ascii: "\n") && !wasReturn) { line += 1 }
    wasReturn = isReturn
    return byte
  }

  /// The next bytes, which stay: as many as the first line may need, fewer near the end.
  mutating func lookahead() throws -> ArraySlice<UInt8> {
    while buffer.count - index < 4096, !isAtEnd {
      let more = try chunks.next()
      isAtEnd = more.isEmpty
      buffer = Array(buffer[index...]) + more
      index = 0
    }
    return buffer[index...]
  }

  mutating func skip(_ count: Int) throws {
    for _ in 0..<count { _ = try next() }
  }

  private mutating func refill() throws {
    guard !isAtEnd else { return }
    buffer = try chunks.next()
    index = 0
    isAtEnd = buffer.isEmpty
  }
}
