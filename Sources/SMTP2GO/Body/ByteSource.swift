import NIOCore

/// Bytes that can be had piece by piece, with a length that is known before the first is read.
protocol ByteSource: Sendable {
  /// How many bytes there are from beginning to end.
  var length: Int { get }

  /// The next bytes, at most `limit` (a positive number); nil at the end.
  mutating func next(_ limit: Int) throws -> ByteBuffer?
}

/// Bytes that are in a buffer already; pieces share its memory.
struct BufferSource: ByteSource {
  let length: Int
  private var rest: ByteBuffer

  init(_ buffer: ByteBuffer) {
    rest = buffer
    length = buffer.readableBytes
  }

  /// The whole, if nothing was taken yet.
  var buffer: ByteBuffer { rest }

  mutating func next(_ limit: Int) -> ByteBuffer? {
    guard rest.readableBytes > 0 else { return nil }
    return rest.readSlice(length: min(limit, rest.readableBytes))
  }
}

/// Bytes of an array; only the piece at hand is copied.
struct ArraySource: ByteSource {
  let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  var length: Int { bytes.count }

  mutating func next(_ limit: Int) -> ByteBuffer? {
    guard position < bytes.count else { return nil }
    let end = min(position + limit, bytes.count)
    defer { position = end }
    return ByteBuffer(bytes: bytes[position..<end])
  }
}

/// Sources one after the other.
struct JoinedSource: ByteSource {
  let length: Int
  private var sources: [any ByteSource]
  private var index = 0

  init(_ sources: [any ByteSource]) {
    self.sources = sources.filter { $0.length > 0 }
    length = sources.reduce(0) { $0 + $1.length }
  }

  /// The bytes, where they are all in memory and in one piece.
  var single: ByteBuffer? {
    guard sources.count < 2 else { return nil }
    return sources.isEmpty ? ByteBuffer() : (sources[0] as? BufferSource)?.buffer
  }

  mutating func next(_ limit: Int) throws -> ByteBuffer? {
    while index < sources.count {
      if let piece = try sources[index].next(limit) { return piece }
      index += 1
    }
    return nil
  }
}
