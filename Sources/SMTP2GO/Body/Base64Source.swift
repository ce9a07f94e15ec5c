import NIOCore

/// The base64 of another source, made piece by piece.
struct Base64Source: ByteSource {
  /// How the text is laid out.
  enum Layout: Sendable {
    /// One line without an end, as in JSON.
    case unbroken
    /// Lines of 76 characters, each ended by CRLF, as RFC 2045 section 6.8 asks for.
    case lines

    fileprivate var rawUnit: Int { self == .unbroken ? 3 : 57 }
    fileprivate var encodedUnit: Int { self == .unbroken ? 4 : 78 }

    fileprivate func length(of count: Int) -> Int {
      let characters = Base64.length(of: count)
      return self == .unbroken ? characters : characters + (characters + 75) / 76 * 2
    }
  }

  let length: Int
  private var inner: any ByteSource
  private let layout: Layout

  init(_ inner: any ByteSource, layout: Layout = .unbroken) {
    self.inner = inner
    self.layout = layout
    length = layout.length(of: inner.length)
  }

  mutating func next(_ limit: Int) throws -> ByteBuffer? {
    let wanted = max(limit / layout.encodedUnit, 1) * layout.rawUnit
    var raw = ByteBuffer()
    while raw.readableBytes < wanted {
      guard var piece = try inner.next(wanted - raw.readableBytes) else { break }
      if raw.readableBytes == 0 {
        raw = piece
      } else {
        raw.writeBuffer(&piece)
      }
    }
    return raw.readableBytes == 0 ? nil : encoded(&raw)
  }

  private func encoded(_ raw: inout ByteBuffer) -> ByteBuffer {
    var result = ByteBuffer()
    result.reserveCapacity(layout.length(of: raw.readableBytes))
    let line = layout == .unbroken ? raw.readableBytes : layout.rawUnit
    while let bytes = raw.readSlice(length: min(line, raw.readableBytes)),
      bytes.readableBytes > 0
    {
      bytes.withUnsafeReadableBytes { Base64.write($0, into: &result) }
      if layout == .lines { result.writeStaticString("\r\n") }
    }
    return result
  }
}
