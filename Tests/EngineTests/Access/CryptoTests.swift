import Credentials
import Decisions
import Engine
import Foundation
import Testing

enum AccessCryptoForTests {
  static let crypto = SystemCredentials.crypto(key: { [UInt8](repeating: 7, count: 32) })
}

@Suite struct CryptoTests {
  static let crypto = AccessCryptoForTests.crypto

  @Test func `scrypt answers as RFC 7914 says`() async throws {
    let hash = try await Self.crypto.scrypt(
      Array("password".utf8), Array("NaCl".utf8),
      PasswordCost(rounds: 1024, blockSize: 8, parallelism: 16))
    // RFC 7914, 12: the first 32 of 64 bytes.
    #expect(
      hash.map { String(format: "%02x", $0) }.joined()
        == "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162")
  }

  @Test func `one-time codes are those of RFC 6238`() {
    // RFC 6238, appendix B, SHA-1: eight digits.
    let key = Array("12345678901234567890".utf8)
    let vectors: [(Int64, String)] = [
      (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"),
      (1_234_567_890, "89005924"), (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
    ]
    for (seconds, code) in vectors {
      let mac = Self.crypto.hmacSHA1(OneTimeCode.message(seconds / 30), key)
      #expect(OneTimeCode.digits(of: mac, count: 8) == code)
    }
  }

  @Test func `what is sealed opens only for its context, whole, and with the same key`() throws {
    let sealed = try Self.crypto.seal([1, 2, 3], Array("code:ann".utf8))
    #expect(try Self.crypto.open(sealed, Array("code:ann".utf8)) == [1, 2, 3])
    #expect(try Self.crypto.seal([1, 2, 3], Array("code:ann".utf8)) != sealed)
    #expect(throws: (any Error).self) { try Self.crypto.open(sealed, Array("code:bo".utf8)) }
    for index in sealed.indices {
      var changed = sealed
      changed[index] ^= 1
      #expect(throws: (any Error).self) { try Self.crypto.open(changed, Array("code:ann".utf8)) }
    }
    let other = SystemCredentials.crypto(key: { [UInt8](repeating: 8, count: 32) })
    #expect(throws: (any Error).self) { try other.open(sealed, Array("code:ann".utf8)) }
  }

  @Test func `the sealing key is made once, for its owner alone`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "access.key").path
    let made = try SealingKey.load(path: path) { [UInt8](repeating: 1, count: $0) }
    #expect(try SealingKey.load(path: path) { [UInt8](repeating: 2, count: $0) } == made)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["access.key"])
    try Data([1]).write(to: folder.appending(path: "access.key"))
    #expect(throws: SealingKey.Unusable.self) {
      try SealingKey.load(path: path) { [UInt8](repeating: 1, count: $0) }
    }
  }
}
