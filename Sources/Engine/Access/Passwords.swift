import ActionProtocol
import Decisions

/// Making and checking password hashes. Never inside a transaction: a hash takes a tenth of a second.
struct Passwords: Sendable {
  let context: AccessContext

  func record(_ password: String, now: Instant) async throws -> PasswordRecord {
    let salt = context.entropy.bytes(16)
    let cost = context.crypto.cost
    let hash = try await context.crypto.scrypt(PasswordRules.bytes(password), salt, cost)
    return PasswordRecord(salt: salt, hash: hash, cost: cost, changedAt: now)
  }

  /// Takes as long where there is no password to compare with: the time must not tell whether an
  /// account exists.
  func matches(_ password: String, _ record: PasswordRecord?) async throws -> Bool {
    let known = record ?? Self.nobodys(context.crypto.cost)
    // A text that no password can be costs no more than one that can.
    let bytes = PasswordRules.bytes(String(password.unicodeScalars.prefix(256).map(Character.init)))
    let hash = try await context.crypto.scrypt(bytes, known.salt, known.cost)
    let isSame =
      hash.count == known.hash.count
      && zip(hash, known.hash).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    return isSame && record != nil
  }

  private static func nobodys(_ cost: PasswordCost) -> PasswordRecord {
    PasswordRecord(
      salt: [UInt8](repeating: 0, count: 16), hash: [UInt8](repeating: 0, count: 32), cost: cost,
      changedAt: Instant(milliseconds: 0))
  }
}
