import Crypto
import CryptoExtras
import Dispatch
import Engine
import Foundation

/// The cryptography of persons' credentials, by swift-crypto.
public enum SystemCredentials {
  /// - Parameters:
  ///   - key: gives the 32 bytes that seal what must be readable again; asked when they are needed.
  ///   - cost: of new password hashes.
  public static func crypto(
    key: @escaping @Sendable () throws -> [UInt8], cost: PasswordCost = .standard
  ) -> AccessCrypto {
    AccessCrypto(
      cost: cost, scrypt: scrypt,
      seal: { try Sealing(key: key()).seal($0, for: $1) },
      open: { try Sealing(key: key()).open($0, for: $1) },
      hmacSHA1: { message, key in
        Array(
          HMAC<Insecure.SHA1>.authenticationCode(for: message, using: SymmetricKey(data: key)))
      },
      verifiesP256: { key, signature, message in
        guard let key = try? P256.Signing.PublicKey(x963Representation: key),
          let signature = try? P256.Signing.ECDSASignature(derRepresentation: signature)
        else { return false }  // what is no key or signature verifies nothing
        return key.isValidSignature(signature, for: message)
      })
  }

  /// One hash at a time and process: each takes 32 MiB and a core, and a flood of wrong passwords must
  /// take no more.
  private static let queue = DispatchQueue(label: "aiom.scrypt")

  private static func scrypt(
    _ password: [UInt8], _ salt: [UInt8], _ cost: PasswordCost
  ) async throws -> [UInt8] {
    try await withCheckedThrowingContinuation { continuation in
      queue.async {
        continuation.resume(
          with: Result {
            let key = try KDF.Scrypt.deriveKey(
              from: password, salt: salt, outputByteCount: 32, rounds: cost.rounds,
              blockSize: cost.blockSize, parallelism: cost.parallelism)
            return key.withUnsafeBytes(Array.init)
          })
      }
    }
  }
}

/// AES-256-GCM with a context that has to be the same when it is opened.
struct Sealing {
  let key: [UInt8]

  func seal(_ bytes: [UInt8], for context: [UInt8]) throws -> [UInt8] {
    let box = try AES.GCM.seal(bytes, using: SymmetricKey(data: key), authenticating: context)
    guard let combined = box.combined else { throw CryptoKitError.incorrectParameterSize }
    return Array(combined)
  }

  func open(_ sealed: [UInt8], for context: [UInt8]) throws -> [UInt8] {
    let box = try AES.GCM.SealedBox(combined: sealed)
    return Array(try AES.GCM.open(box, using: SymmetricKey(data: key), authenticating: context))
  }
}
