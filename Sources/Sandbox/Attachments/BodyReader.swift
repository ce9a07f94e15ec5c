import Foundation
import Hummingbird
import NIOCore

/// Reads a request's body while it arrives and writes the files in it, decoded, to disk.
///
/// In a body of 50 MB nearly everything is the base64 of files (`"fileblob"`, `"mime_email"`). These
/// texts never stand in memory: each is replaced by a token of a few bytes.
struct BodyReader {
  private static let names: Set<[UInt8]> = [Array("fileblob".utf8), Array("mime_email".utf8)]
  private static let longestName = 10

  private enum Place {
    case outside, text, escape, file, fileEscape
    /// Hexadecimal digits of an escape that are still to come.
    case fileUnicode(Int)
  }

  private let spool: FileSpool
  private let files: RequestFiles
  /// The body so far, without its files.
  private(set) var kept = ByteBuffer()
  private var place = Place.outside
  /// The last text, when it may be a name that announces a file.
  private var word: [UInt8]? = []
  private var announces = false
  private var decoder = Base64Decoder()
  private var current = RequestFiles.File(id: nil, size: 0, isValid: true)
  private var isEmpty = true
  private var handle: FileHandle?
  private var unicode: UInt32 = 0

  init(spool: FileSpool, files: RequestFiles) {
    self.spool = spool
    self.files = files
  }

  /// The body without its files; `nil` when it is longer than `limit`. Reads to the end either way,
  /// so that the client can read the answer.
  static func read(
    _ body: RequestBody, limit: Int, spool: FileSpool, files: RequestFiles
  ) async throws -> (body: ByteBuffer, size: Int)? {
    var reader = BodyReader(spool: spool, files: files)
    var size = 0
    for try await part in body {
      size += part.readableBytes
      if size > limit { continue }
      try reader.feed(part)
    }
    return size > limit ? nil : (reader.kept, size)
  }

  /// Takes the next piece.
  mutating func feed(_ part: ByteBuffer) throws {
    try part.withUnsafeReadableBytes { raw in
      try raw.withMemoryRebound(to: UInt8.self) { bytes in
        var index = 0
        while index < bytes.count { index = try step(bytes, index) }
      }
    }
  }

  /// Handles what stands at `index` and returns where to go on.
  private mutating func step(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) throws -> Int {
    switch place {
    case .outside: return try outside(bytes, index)
    case .text, .escape: return text(bytes, index)
    case .file: return try file(bytes, index)
    case .fileEscape:
      try fileEscape(bytes[index])
      return index + 1
    case .fileUnicode(let left):
      unicode = unicode << 4 | UInt32(bytes[index].hexDigit ?? 0)
      place = left > 1 ? .fileUnicode(left - 1) : .file
      if left == 1 { try decode(UInt8(exactly: unicode) ?? 0) }
      return index + 1
    }
  }

  private mutating func outside(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int
  ) throws -> Int {
    var index = start
    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
      switch bytes[index] {
      case UInt8(ascii: ":"): announces = word.map(Self.names.contains) ?? false
      case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): break
      default:
        announces = false
        word = []
      }
      index += 1
    }
    keep(bytes, start..<index)
    guard index < bytes.count else { return index }
    kept.writeInteger(bytes[index])
    if announces {
      place = .file
      begin()
    } else {
      place = .text
      word = []
    }
    announces = false
    return index + 1
  }

  private mutating func text(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
    var index = start
    if case .escape = place {
      place = .text
      index += 1
    }
    var run = index
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "\"") {
        note(bytes[run..<index - 1])
        place = .outside
        break
      }
      guard byte == UInt8(ascii: "\\") else { continue }
      word = nil
      guard index < bytes.count else {
        place = .escape
        break
      }
      index += 1
      run = index
    }
    if case .text = place { note(bytes[run...]) }
    keep(bytes, start..<index)
    return index
  }

  /// Adds to the last text while it may still be a name.
  private mutating func note(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) {
    guard let length = word?.count else { return }
    if length + bytes.count > Self.longestName {
      word = nil
    } else {
      word?.append(contentsOf: bytes)
    }
  }

  private mutating func keep(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    kept.writeBytes(UnsafeBufferPointer(rebasing: bytes[range]))
  }

  // MARK: - Inside a file

  private mutating func begin() {
    decoder = Base64Decoder()
    current = RequestFiles.File(id: nil, size: 0, isValid: true)
    isEmpty = true
    handle = nil
  }

  private mutating func file(
    _ bytes: UnsafeBufferPointer<UInt8>, _ start: Int
  ) throws -> Int {
    var index = start
    while index < bytes.count, bytes[index] != UInt8(ascii: "\""),
      bytes[index] != UInt8(ascii: "\\")
    {
      index += 1
    }
    try decode(UnsafeBufferPointer(rebasing: bytes[start..<index]))
    guard index < bytes.count else { return index }
    if bytes[index] == UInt8(ascii: "\\") { place = .fileEscape } else { end() }
    return index + 1
  }

  private mutating func fileEscape(_ byte: UInt8) throws {
    place = .file
    switch byte {
    case UInt8(ascii: "u"):
      unicode = 0
      place = .fileUnicode(4)
    case UInt8(ascii: "n"): try decode(0x0A)
    case UInt8(ascii: "r"): try decode(0x0D)
    default: try decode(byte)
    }
  }

  private mutating func decode(_ byte: UInt8) throws {
    try withUnsafePointer(to: byte) { try decode(UnsafeBufferPointer(start: $0, count: 1)) }
  }

  private mutating func decode(_ digits: UnsafeBufferPointer<UInt8>) throws {
    guard !digits.isEmpty else { return }
    isEmpty = false
    var decoded: [UInt8] = []
    decoder.decode(digits, into: &decoded)
    guard !decoded.isEmpty else { return }
    if handle == nil {
      let created = try spool.create()
      current.id = created.id
      handle = created.file
    }
    try handle?.write(contentsOf: decoded)
    current.size += decoded.count
  }

  /// The closing quote: the token takes the text's place; an empty text stays one.
  private mutating func end() {
    current.isValid = decoder.isComplete
    if !isEmpty {
      kept.writeString(RequestFiles.token(files.files.count))
      files.add(current)
    }
    kept.writeInteger(UInt8(ascii: "\""))
    handle = nil
    place = .outside
    word = []
  }
}
