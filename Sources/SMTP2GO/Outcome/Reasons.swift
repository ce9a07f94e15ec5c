/// Why a request never left. The raw value is a stable code.
public enum NotSentReason: String, Hashable, Sendable, CaseIterable {
  /// The host's name could not be resolved.
  case nameNotFound = "name_not_found"
  /// The host refused the connection or was not reachable.
  case connectFailed = "connect_failed"
  /// The connection was not there in time.
  case connectTimeout = "connect_timeout"
  /// No secure connection could be agreed on.
  case tlsFailed = "tls_failed"
  /// All connections were busy until the deadline.
  case noConnectionFree = "no_connection_free"
  /// The connection was gone before anything was written to it.
  case connectionClosed = "connection_closed"
  /// The client had been shut down.
  case shutDown = "shut_down"
  /// The request could not be built.
  case requestInvalid = "request_invalid"
}

/// Why it cannot be said whether a request was taken. The raw value is a stable code.
public enum UnknownReason: String, Hashable, Sendable, CaseIterable {
  /// No whole answer until the deadline.
  case deadline
  /// The connection ended before a whole answer.
  case connectionLost = "connection_lost"
  /// A file changed or could not be read while it was being sent; the request was cut off before
  /// its end.
  case bodyCut = "body_cut"
  /// The answer exceeds 4 MiB.
  case answerTooLarge = "answer_too_large"
  /// The status says success and the body is no JSON object.
  case answerUnreadable = "answer_unreadable"
  /// The answer reports success without the proof that belongs to it, such as a message id.
  case answerIncomplete = "answer_incomplete"
  /// The answer reports an error and carries proof of acceptance.
  case answerContradictory = "answer_contradictory"
  /// A redirect, which is never followed.
  case redirect
  /// A 4xx status without an error that can be read.
  case clientErrorUnreadable = "client_error_unreadable"
  /// A 5xx status.
  case serverError = "server_error"
  /// A status that this API does not use.
  case statusUnexpected = "status_unexpected"
}
