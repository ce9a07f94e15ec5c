import ActionProtocol
import Engine
import Foundation
import Glibc

/// Attachments as files named by their content's SHA-256, readable for the owner alone.
public struct FileBlobStore: BlobPort {
  private let folder: String

  /// - Parameter directory: made when the first blob is stored.
  public init(directory: String) { folder = directory }

  /// Idempotent: the same content is stored once. The file is complete and synced before it gets
  /// its name.
  public func put(_ bytes: [UInt8]) throws -> Digest {
    let digest = Digest.sha256(bytes)
    let path = path(digest)
    if access(path, F_OK) == 0 { return digest }
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let temporary = "\(path).\(getpid())"
    try write(bytes, to: temporary)
    guard rename(temporary, path) == 0 else { throw BlobFault.notWritten }
    return digest
  }

  public func file(_ digest: Digest) throws -> BlobFile? {
    let path = path(digest)
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else {
      guard errno == ENOENT || errno == ENOTDIR else { throw BlobFault.unreadable }
      return nil
    }
    defer { close(descriptor) }
    let (found, size) = try Self.digested(descriptor)
    guard found.isOf(digest) else { throw BlobFault.changed }
    return BlobFile(path: path, size: size)
  }

  private static let pieceSize = 256 * 1024

  private static func digested(
    _ descriptor: CInt
  ) throws -> (digest: RunningDigest, size: Int64) {
    var (running, size) = (RunningDigest(), Int64(0))
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: pieceSize, alignment: 16)
    defer { piece.deallocate() }
    while true {
      let count = read(descriptor, piece.baseAddress, piece.count)
      guard count >= 0 else { throw BlobFault.unreadable }
      guard count > 0 else { return (running, size) }
      running.add(UnsafeRawBufferPointer(rebasing: piece[..<count]))
      size += Int64(count)
    }
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw BlobFault.notWritten }
    defer { close(descriptor) }
    var offset = 0
    while offset < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.write(descriptor, buffer.baseAddress?.advanced(by: offset), bytes.count - offset)
      }
      guard count > 0 else { throw BlobFault.notWritten }
      offset += count
    }
    guard fsync(descriptor) == 0 else { throw BlobFault.notWritten }
  }

  private func path(_ digest: Digest) -> String { "\(folder)/\(digest.hex)" }
}

/// What is wrong with a stored attachment.
enum BlobFault: Error {
  case notWritten
  /// The file is there and cannot be read.
  case unreadable
  /// The file's content is not what its name says: it must not be sent.
  case changed
}
