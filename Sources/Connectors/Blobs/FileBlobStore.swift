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

  public func bytes(_ digest: Digest) throws -> [UInt8]? {
    guard let data = FileManager.default.contents(atPath: path(digest)) else { return nil }
    let bytes = [UInt8](data)
    guard Digest.sha256(bytes) == digest else { throw BlobFault.changed }
    return bytes
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
  /// The file's content is not what its name says: it must not be sent.
  case changed
}
