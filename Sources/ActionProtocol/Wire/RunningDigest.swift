import Crypto

/// A SHA-256 over bytes that come piece by piece, such as those of a file that is too big to stand in
/// memory.
public struct RunningDigest: Sendable {
  private var hash = SHA256()

  /// The digest of nothing so far.
  public init() {}

  /// Adds the next bytes.
  public mutating func add(_ bytes: UnsafeRawBufferPointer) {
    hash.update(bufferPointer: bytes)
  }

  /// Whether what was added so far has this digest.
  public func isOf(_ digest: Digest) -> Bool { self.digest == digest }

  /// The digest of what was added so far.
  public var digest: Digest { Digest(hash.finalize()) }
}
