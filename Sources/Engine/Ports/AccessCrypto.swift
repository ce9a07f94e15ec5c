/// What persons' credentials need of cryptography. Made by target `Credentials`.
public struct AccessCrypto: Sendable {
  /// What new password hashes cost.
  public var cost: PasswordCost
  /// scrypt (RFC 7914), 32 bytes: password, salt, cost. Runs beside Swift's threads, few at a time,
  /// because each takes the cost's memory.
  public var scrypt: @Sendable ([UInt8], [UInt8], PasswordCost) async throws -> [UInt8]
  /// Seals bytes for a context with the installation's key: bytes, context.
  public var seal: @Sendable ([UInt8], [UInt8]) throws -> [UInt8]
  /// Opens what was sealed for the same context with the same key.
  public var open: @Sendable ([UInt8], [UInt8]) throws -> [UInt8]
  /// HMAC-SHA-1: message, key.
  public var hmacSHA1: @Sendable ([UInt8], [UInt8]) -> [UInt8]
  /// Whether an ECDSA signature (DER, P-256, SHA-256) is right: key (4, x, y), signature, message.
  public var verifiesP256: @Sendable ([UInt8], [UInt8], [UInt8]) -> Bool

  public init(
    cost: PasswordCost,
    scrypt: @escaping @Sendable ([UInt8], [UInt8], PasswordCost) async throws -> [UInt8],
    seal: @escaping @Sendable ([UInt8], [UInt8]) throws -> [UInt8],
    open: @escaping @Sendable ([UInt8], [UInt8]) throws -> [UInt8],
    hmacSHA1: @escaping @Sendable ([UInt8], [UInt8]) -> [UInt8],
    verifiesP256: @escaping @Sendable ([UInt8], [UInt8], [UInt8]) -> Bool
  ) {
    self.cost = cost
    self.scrypt = scrypt
    self.seal = seal
    self.open = open
    self.hmacSHA1 = hmacSHA1
    self.verifiesP256 = verifiesP256
  }
}

/// What the services of persons and credentials work with.
public struct AccessContext: Sendable {
  public var store: any StorePort
  public var entropy: Entropy
  public var crypto: AccessCrypto
  /// A way in without a password; nil: there is none.
  public var entrance: Entrance?

  public init(store: any StorePort, entropy: Entropy, crypto: AccessCrypto) {
    self.store = store
    self.entropy = entropy
    self.crypto = crypto
  }
}
