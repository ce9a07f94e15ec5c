import ActionProtocol

/// What an authenticator says of itself and of what it did (WebAuthn level 3, 6.1).
struct AuthenticatorData {
  let relyingParty: [UInt8]
  let isPresent: Bool
  /// The person was recognised: by a PIN, a finger, a face.
  let isVerified: Bool
  let signCount: Int64
  /// Of a registration: the credential's id and its public key as COSE has it.
  let credential: (id: [UInt8], key: CBORValue)?

  init?(_ bytes: [UInt8]) {
    guard bytes.count >= 37 else { return nil }
    relyingParty = Array(bytes[0..<32])
    let flags = bytes[32]
    isPresent = flags & 1 != 0
    isVerified = flags & 4 != 0
    signCount = bytes[33..<37].reduce(Int64(0)) { $0 << 8 | Int64($1) }
    guard flags & 64 != 0 else {
      credential = nil
      return
    }
    guard bytes.count >= 55 else { return nil }
    let length = Int(bytes[53]) << 8 | Int(bytes[54])
    guard (1...1023).contains(length), bytes.count > 55 + length,
      let key = CBORValue.read(Array(bytes[(55 + length)...]))
    else { return nil }
    credential = (Array(bytes[55..<55 + length]), key.value)
  }
}

/// What the browser says of the page that asked (WebAuthn level 3, 5.8.1).
struct PasskeyClientData {
  let type: String
  let challenge: [UInt8]
  let origin: String
  let isCrossOrigin: Bool

  init?(_ bytes: [UInt8]) {
    guard case .success(.object(let object)) = JSONReader.read(bytes),
      let type = object["type"]?.stringValue, let origin = object["origin"]?.stringValue,
      let challenge = object["challenge"]?.stringValue.flatMap(Base64URL.decode)
    else { return nil }
    self.type = type
    self.challenge = challenge
    self.origin = origin
    isCrossOrigin = object["crossOrigin"] == .bool(true)
  }
}

/// Base64 with the alphabet of addresses, without padding (RFC 4648, 5).
public enum Base64URL {
  private static let letters = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  public static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    var (buffer, bits) = (UInt32(0), 0)
    for byte in bytes {
      buffer = (buffer << 8 | UInt32(byte)) & 0xFFFF
      bits += 8
      while bits >= 6 {
        bits -= 6
        text.append(letters[Int(buffer >> UInt32(bits) & 63)])
      }
    }
    if bits > 0 { text.append(letters[Int(buffer << UInt32(6 - bits) & 63)]) }
    return String(decoding: text, as: UTF8.self)
  }

  /// - Returns: nil for another alphabet, another length, or bits that belong to no byte.
  public static func decode(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    var (buffer, bits) = (UInt32(0), 0)
    for letter in text.utf8 {
      guard let value = value(letter) else { return nil }
      buffer = (buffer << 6 | UInt32(value)) & 0xFFFF
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
      }
    }
    guard bits < 6, buffer & ((1 << UInt32(bits)) - 1) == 0 else { return nil }
    return bytes
  }

  private static func value(_ letter: UInt8) -> UInt8? {
    switch letter {
    case 0x41...0x5A: letter - 0x41
    case 0x61...0x7A: letter - 0x61 + 26
    case 0x30...0x39: letter - 0x30 + 52
    case 0x2D: 62
    case 0x5F: 63
    default: nil
    }
  }
}

extension Digest {
  /// The 32 bytes.
  public var bytes: [UInt8] {
    let digits = Array(hex.utf8).map { $0 < 0x3A ? $0 - 0x30 : $0 - 0x57 }
    return stride(from: 0, to: 64, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }
}
