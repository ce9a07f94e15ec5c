import ActionProtocol
import Crypto
import Decisions

/// An authenticator from the specification alone (WebAuthn level 3, 6.1 to 6.5): one key, a counter.
struct SoftwareAuthenticator {
  let key = P256.Signing.PrivateKey()
  let id: [UInt8] = Array(1...16)
  var count: UInt32 = 0
  var isVerifying = true

  /// Its own writing of CBOR, so that a misreading of ours is not cancelled by one.
  private func head(_ kind: UInt8, _ count: Int) -> [UInt8] {
    count < 24
      ? [kind << 5 | UInt8(count)]
      : count < 256
        ? [kind << 5 | 24, UInt8(count)]
        : [kind << 5 | 25, UInt8(count >> 8), UInt8(count & 255)]
  }

  private func bytes(_ bytes: [UInt8]) -> [UInt8] { head(2, bytes.count) + bytes }
  private func text(_ text: String) -> [UInt8] { head(3, text.utf8.count) + Array(text.utf8) }

  private func data(_ party: String, flags: UInt8) -> [UInt8] {
    let big = withUnsafeBytes(of: count.bigEndian, Array.init)
    return Array(SHA256.hash(data: Array(party.utf8))) + [flags | (isVerifying ? 4 : 0)] + big
  }

  static func clientData(
    _ type: String, _ challenge: [UInt8], _ origin: String, cross: Bool = false
  ) -> [UInt8] {
    Array(
      #"{"type":"\#(type)","challenge":"\#(Base64URL.encode(challenge))","origin":"\#(origin)","crossOrigin":\#(cross)}"#
        .utf8)
  }

  func register(_ party: String) -> [UInt8] {
    let point = Array(key.publicKey.x963Representation)
    // {1: 2, 3: -7, -1: 1, -2: x, -3: y}
    let cose: [UInt8] =
      head(5, 5) + [0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21] + bytes(Array(point[1..<33])) + [0x22]
      + bytes(Array(point[33..<65]))
    let attested = [UInt8](repeating: 0, count: 16) + [0, UInt8(id.count)] + id + cose
    return head(5, 3) + text("fmt") + text("none") + text("attStmt") + head(5, 0)
      + text("authData") + bytes(data(party, flags: 1 | 64) + attested)
  }

  mutating func sign(_ clientData: [UInt8], _ party: String) throws -> PasskeyAssertion {
    count += 1
    let data = data(party, flags: 1)
    let signature = try key.signature(for: data + Array(SHA256.hash(data: clientData)))
    return PasskeyAssertion(
      credential: id, clientData: clientData, authenticatorData: data,
      signature: Array(signature.derRepresentation))
  }
}
