import AsyncHTTPClient
import NIOCore
import NIOPosix
import NIOSSL

/// Names errors of the HTTP client. The names explain an outcome; they never decide its class.
enum TransportFailure {
  static func notSentReason(_ error: any Error) -> NotSentReason {
    if let connection = error as? NIOConnectionError {
      let hasTried = !connection.connectionErrors.isEmpty
      return hasTried ? .connectFailed : .nameNotFound
    }
    if error is IOError { return .connectFailed }
    if let known = error as? HTTPClientError {
      switch known {
      case .connectTimeout: return .connectTimeout
      case .tlsHandshakeTimeout: return .tlsFailed
      case .getConnectionFromPoolTimeout, .deadlineExceeded, .cancelled: return .noConnectionFree
      case .alreadyShutdown: return .shutDown
      default: break
      }
    }
    return isTLS(error) ? .tlsFailed : .connectionClosed
  }

  static func unknownReason(_ error: any Error) -> UnknownReason {
    if error is ResponseAccumulator.ResponseTooBigError { return .answerTooLarge }
    if error is OpenFile.Fault { return .bodyCut }
    if let known = error as? HTTPClientError, known == .deadlineExceeded { return .deadline }
    return .connectionLost
  }

  private static func isTLS(_ error: any Error) -> Bool {
    error is NIOSSLError || error is NIOSSLExtraError || error is BoringSSLError
  }
}
