import Foundation
import HummingbirdTLS
import NIOSSL

/// The certificate chain and the key that a listener shows to its clients: TLS 1.2 or newer.
public struct ServerCertificate: Sendable {
  let configuration: TLSConfiguration
  /// When the first certificate of the chain ends.
  public let validUntil: Date

  /// Reads both files and tries them: a key that does not belong to the certificate is refused here,
  /// not at the first client.
  ///
  /// - Parameters:
  ///   - certificate: a PEM file: the server's certificate, then those that lead to the root.
  ///   - key: a PEM file without a password.
  /// - Throws: ``ListenFault`` that names the file and what is wrong with it.
  public init(certificate: String, key: String) throws(ListenFault) {
    let chain = try Self.chain(certificate)
    guard let first = chain.first else {
      throw Self.fault("certificate_empty", "\(certificate) contains no certificate.")
    }
    let privateKey = try Self.key(key)
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(privateKey))
    configuration.minimumTLSVersion = .tlsv12
    do {
      _ = try NIOSSLContext(configuration: configuration)
    } catch {
      throw Self.fault("key_mismatch", "The key in \(key) does not belong to \(certificate).")
    }
    self.configuration = configuration
    validUntil = Date(timeIntervalSince1970: TimeInterval(first.notValidAfter))
  }

  private static func chain(_ path: String) throws(ListenFault) -> [NIOSSLCertificate] {
    guard FileManager.default.isReadableFile(atPath: path) else {
      throw fault("certificate_unreadable", "The certificate \(path) cannot be read.")
    }
    do {
      return try NIOSSLCertificate.fromPEMFile(path)
    } catch {
      throw fault("certificate_invalid", "\(path) is no certificate in PEM form.")
    }
  }

  private static func key(_ path: String) throws(ListenFault) -> NIOSSLPrivateKey {
    guard FileManager.default.isReadableFile(atPath: path) else {
      throw fault("key_unreadable", "The key \(path) cannot be read.")
    }
    do {
      return try NIOSSLPrivateKey(file: path, format: .pem)
    } catch {
      throw fault("key_invalid", "\(path) is no private key in PEM form without a password.")
    }
  }

  private static func fault(_ code: String, _ message: String) -> ListenFault {
    ListenFault(
      .configuration, "tls.\(code)", message,
      remedy: "Give the chain with --tls-certificate and its key with --tls-key, both in PEM form "
        + "and readable for this user.")
  }
}
