import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The lines of a stream, each as soon as it has come.
final class LineReader {
  enum Line: Equatable {
    /// Without the line break (LF, or CR and LF).
    case bytes([UInt8])
    /// Longer than the limit; its bytes are dropped.
    case tooLong
  }

  private let handle: FileHandle
  private let name: String
  private let limit: Int
  private var buffer: [UInt8] = []
  private var isAtEnd = false

  /// Reads from the handle's present position. `name` stands in messages.
  init(_ handle: FileHandle, name: String, limit: Int) {
    self.handle = handle
    self.name = name
    self.limit = limit
  }

  /// The next line, or nil at the end. A last line needs no line break.
  func next() throws -> Line? {
    var searched = 0
    var isTooLong = false
    while true {
      if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        let line = line(buffer[..<end], isTooLong)
        buffer.removeSubrange(...end)
        return line
      }
      if isAtEnd {
        let line = buffer.isEmpty && !isTooLong ? nil : line(buffer[...], isTooLong)
        buffer = []
        return line
      }
      if isTooLong || buffer.count > limit {
        isTooLong = true
        buffer = []
      }
      searched = buffer.count
      try fill()
    }
  }

  private func line(_ bytes: ArraySlice<UInt8>, _ isTooLong: Bool) -> Line {
    if isTooLong || bytes.count > limit { return .tooLong }
    return .bytes(Array(bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes))
  }

  /// Appends what has come, waiting where nothing has.
  private func fill() throws {
    let descriptor = handle.fileDescriptor
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    var count = -1
    repeat {
      count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    } while count < 0 && errno == EINTR
    guard count >= 0 else { throw InputFile.unreadable(name) }
    isAtEnd = count == 0
    buffer += chunk[..<count]
  }
}
