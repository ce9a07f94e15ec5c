import ActionProtocol

/// Who asks for passkeys: the name that they are bound to, and the address of our pages.
public struct RelyingParty: Hashable, Sendable {
  /// The host alone: `aiom.internal`, `localhost`.
  public let id: String
  /// `https://aiom.internal`, with the port where it is not the usual one.
  public let origin: String

  public init(id: String, origin: String) {
    self.id = id
    self.origin = origin
  }
}

/// What a browser answers when a passkey was used (WebAuthn level 3, 5.2.2).
public struct PasskeyAssertion: Hashable, Sendable {
  public var credential: [UInt8]
  public var clientData: [UInt8]
  public var authenticatorData: [UInt8]
  /// DER.
  public var signature: [UInt8]

  public init(
    credential: [UInt8], clientData: [UInt8], authenticatorData: [UInt8], signature: [UInt8]
  ) {
    self.credential = credential
    self.clientData = clientData
    self.authenticatorData = authenticatorData
    self.signature = signature
  }
}

/// The checks of WebAuthn level 3, 7.1 and 7.2, for ES256 keys. No statement about the authenticator's
/// make is asked for, and none is believed.
public enum Passkey {
  /// The challenge of an approval: 32 random bytes, then the digest of what is approved. So whoever
  /// reads the signed client data sees which action it was.
  public static func challenge(nonce: [UInt8], action: Digest) -> [UInt8] { nonce + action.bytes }

  /// The challenge that an answer names; nil where it is none.
  public static func challenge(of clientData: [UInt8]) -> [UInt8]? {
    PasskeyClientData(clientData)?.challenge
  }

  /// A new passkey's id, key (4, x, y) and counter.
  /// - Throws: ``AccessError`` `passkey.…` naming the check that failed.
  public static func registered(
    clientData: [UInt8], attestation: [UInt8], challenge: [UInt8], party: RelyingParty
  ) throws(AccessError) -> (id: [UInt8], key: [UInt8], signCount: Int64) {
    try check(clientData, type: "webauthn.create", challenge: challenge, party: party)
    guard let object = CBORValue.read(attestation),
      let bytes = object.value[.text("authData")]?.bytesValue
    else { throw failure("attestation") }
    let data = try check(bytes, party: party)
    guard let credential = data.credential, let key = publicKey(credential.key) else {
      throw failure("key")
    }
    return (credential.id, key, data.signCount)
  }

  /// Checks that a passkey signed a challenge.
  /// - Parameters:
  ///   - signCount: the last one of the key; one that does not rise is a copy's.
  ///   - verifies: whether a signature fits a message.
  /// - Returns: the key's new counter.
  /// - Throws: ``AccessError`` `passkey.…`.
  public static func asserted(
    _ assertion: PasskeyAssertion, challenge: [UInt8], party: RelyingParty, signCount: Int64,
    verifies: (_ signature: [UInt8], _ message: [UInt8]) -> Bool
  ) throws(AccessError) -> Int64 {
    try check(assertion.clientData, type: "webauthn.get", challenge: challenge, party: party)
    let data = try check(assertion.authenticatorData, party: party)
    let message = assertion.authenticatorData + Digest.sha256(assertion.clientData).bytes
    guard verifies(assertion.signature, message) else { throw failure("signature") }
    // Keys that are kept on several devices count nothing and say 0.
    guard data.signCount > signCount || (data.signCount == 0 && signCount == 0) else {
      throw failure("counter")
    }
    return data.signCount
  }

  private static func check(
    _ clientData: [UInt8], type: String, challenge: [UInt8], party: RelyingParty
  ) throws(AccessError) {
    guard let data = PasskeyClientData(clientData), data.type == type else {
      throw failure("client_data")
    }
    guard data.challenge == challenge else { throw failure("challenge") }
    guard data.origin == party.origin, !data.isCrossOrigin else { throw failure("origin") }
  }

  private static func check(
    _ bytes: [UInt8], party: RelyingParty
  ) throws(AccessError) -> AuthenticatorData {
    guard let data = AuthenticatorData(bytes) else { throw failure("authenticator_data") }
    guard data.relyingParty == Digest.sha256(Array(party.id.utf8)).bytes else {
      throw failure("relying_party")
    }
    guard data.isPresent, data.isVerified else { throw failure("not_verified") }
    return data
  }

  /// An ES256 key of COSE (RFC 9053, 7.1): kty 2, alg -7, crv 1, x, y.
  private static func publicKey(_ key: CBORValue) -> [UInt8]? {
    guard key[.integer(1)] == .integer(2), key[.integer(3)] == .integer(-7),
      key[.integer(-1)] == .integer(1), let x = key[.integer(-2)]?.bytesValue,
      let y = key[.integer(-3)]?.bytesValue, x.count == 32, y.count == 32
    else { return nil }
    return [4] + x + y
  }

  private static func failure(_ check: String) -> AccessError {
    AccessError(
      .invalid, "passkey.\(check)", "The passkey's answer does not hold: \(check).",
      remedy: "Begin again on a page of this server, with a passkey that was registered here.")
  }
}
