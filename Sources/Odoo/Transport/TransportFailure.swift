import AsyncHTTPClient
import NIOCore
import NIOPosix
import NIOSSL

/// Names errors of the HTTP client. Whether the request was handed over decides; the names explain.
enum TransportFailure {
  static func fault(_ error: any Error, wasHandedOver: Bool) -> Fault {
    if isCancellation(error) {
      return Fault(.cancelled, nothingWasDone: !wasHandedOver)
    }
    guard wasHandedOver else {
      return Fault(.notSent, detail: notSentReason(error), nothingWasDone: true)
    }
    if error is ResponseAccumulator.ResponseTooBigError { return Fault(.answerTooLarge) }
    if let known = error as? HTTPClientError, known == .deadlineExceeded { return Fault(.deadline) }
    return Fault(.connectionLost)
  }

  private static func isCancellation(_ error: any Error) -> Bool {
    if error is CancellationError { return true }
    return (error as? HTTPClientError) == .cancelled
  }

  private static func notSentReason(_ error: any Error) -> String {
    if let connection = error as? NIOConnectionError {
      return connection.connectionErrors.isEmpty ? "name_not_found" : "connect_failed"
    }
    if error is IOError { return "connect_failed" }
    if let known = error as? HTTPClientError {
      switch known {
      case .connectTimeout: return "connect_timeout"
      case .tlsHandshakeTimeout: return "tls_failed"
      case .getConnectionFromPoolTimeout, .deadlineExceeded: return "no_connection_free"
      case .alreadyShutdown: return "shut_down"
      default: break
      }
    }
    return isTLS(error) ? "tls_failed" : "connection_closed"
  }

  private static func isTLS(_ error: any Error) -> Bool {
    error is NIOSSLError || error is NIOSSLExtraError || error is BoringSSLError
  }
}
