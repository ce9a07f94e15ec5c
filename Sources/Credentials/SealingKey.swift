import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// The installation's key for what is sealed in the database: 32 bytes in a file of mode 0600, made
/// when it is first needed. A copy of the database without it opens no one-time codes.
public enum SealingKey {
  public struct Unusable: Error, Sendable {
    public let path: String
  }

  /// Reads the key, or makes it. Of two that make it at once, both get the same.
  public static func load(path: String, random: (Int) -> [UInt8]) throws -> [UInt8] {
    if let key = read(path) { return try checked(key, path) }
    let temporary = path + ".\(getpid()).\(UInt64.random(in: 0 ... .max))"
    let made = FileManager.default.createFile(
      atPath: temporary, contents: Data(random(32)), attributes: [.posixPermissions: 0o600])
    guard made else { throw Unusable(path: path) }
    // A link never replaces what is there.
    _ = link(temporary, path)
    unlink(temporary)
    guard let key = read(path) else { throw Unusable(path: path) }
    return try checked(key, path)
  }

  private static func read(_ path: String) -> [UInt8]? {
    FileManager.default.contents(atPath: path).map(Array.init)
  }

  private static func checked(_ key: [UInt8], _ path: String) throws -> [UInt8] {
    guard key.count == 32 else { throw Unusable(path: path) }
    return key
  }
}
