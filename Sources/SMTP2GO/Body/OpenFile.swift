import NIOCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A regular file, open for reading, with the size that it had when it was opened.
final class OpenFile: Sendable {
  /// Why a file cannot be sent.
  enum Fault: Error {
    /// It is not there, no regular file, or may not be read.
    case unreadable
    /// It was changed after it had been opened: the length that was announced is no longer true.
    case changed
  }

  let size: Int
  private let descriptor: CInt
  private let stamp: Stamp

  /// What changes when somebody writes to the file.
  private struct Stamp: Equatable {
    let size: Int
    let seconds: Int
    let nanoseconds: Int
  }

  init(path: String) throws(Fault) {
    // Without O_NONBLOCK, opening a pipe that nobody writes to would never return.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .unreadable }
    guard let stamp = Self.stamp(descriptor) else {
      close(descriptor)
      throw .unreadable
    }
    self.descriptor = descriptor
    self.stamp = stamp
    size = stamp.size
  }

  deinit {
    close(descriptor)
  }

  /// Exactly `count` bytes from `offset` on.
  func read(_ count: Int, at offset: Int) throws(Fault) -> ByteBuffer {
    var buffer = ByteBuffer()
    buffer.reserveCapacity(count)
    while buffer.readableBytes < count {
      let position = off_t(offset + buffer.readableBytes)
      let missing = count - buffer.readableBytes
      let got = buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: missing) { target in
        max(pread(descriptor, target.baseAddress, missing, position), 0)
      }
      if got == 0 { throw .changed }
    }
    return buffer
  }

  /// Throws where somebody has written to the file since it was opened.
  func checkUnchanged() throws(Fault) {
    guard Self.stamp(descriptor) == stamp else { throw .changed }
  }

  /// Nil for what is no regular file.
  private static func stamp(_ descriptor: CInt) -> Stamp? {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    #if canImport(Darwin)
      let modified = status.st_mtimespec
    #else
      let modified = status.st_mtim
    #endif
    return Stamp(
      size: Int(status.st_size), seconds: Int(modified.tv_sec),
      nanoseconds: Int(modified.tv_nsec))
  }
}

/// The bytes of a file. The last piece is given only while the file is as it was when it was
/// opened, so that a request with a changed file never becomes whole.
struct FileSource: ByteSource {
  private let file: OpenFile
  private var position = 0

  init(_ file: OpenFile) {
    self.file = file
  }

  var length: Int { file.size }

  mutating func next(_ limit: Int) throws -> ByteBuffer? {
    guard position < file.size else { return nil }
    let count = min(limit, file.size - position)
    let piece = try file.read(count, at: position)
    position += count
    if position == file.size { try file.checkUnchanged() }
    return piece
  }
}
