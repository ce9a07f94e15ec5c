import Crypto

/// A SHA-256 digest as 64 lowercase hexadecimal digits.
public struct Digest: Hashable, Sendable {
  /// 64 lowercase hexadecimal digits.
  public let hex: String

  /// The digest written as 64 lowercase hexadecimal digits, or nil for any other text.
  public init?(hex: String) {
    guard hex.utf8.count == 64, hex.utf8.allSatisfy(Self.isLowercaseHex) else { return nil }
    self.hex = hex
  }

  init(_ digest: SHA256.Digest) {
    hex = String(unsafeUninitializedCapacity: 64) { buffer in
      var position = 0
      for byte in digest {
        buffer[position] = Self.hexDigit(byte >> 4)
        buffer[position + 1] = Self.hexDigit(byte & 15)
        position += 2
      }
      return 64
    }
  }

  /// The SHA-256 of the bytes.
  public static func sha256(_ bytes: [UInt8]) -> Digest { Digest(SHA256.hash(data: bytes)) }

  /// The SHA-256 of the canonical JSON of a value.
  public static func ofCanonical(_ value: JSONValue) -> Digest {
    sha256(CanonicalJSON.encode(value))
  }

  static func isLowercaseHex(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }

  static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}

extension Digest: CustomStringConvertible {
  /// The hexadecimal digits; a digest reveals nothing of what it covers.
  public var description: String { hex }
}
