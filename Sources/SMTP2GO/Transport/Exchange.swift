import NIOCore

/// What became of one request, before anybody judges it.
enum Exchange: Sendable {
  /// A whole answer came back.
  case answered(Answer)
  /// No byte of the request was handed to a connection, and none will be.
  case notHandedOver(NotSentReason)
  /// The request was handed over and no whole answer came back.
  case lost(UnknownReason)

  var status: Int? {
    if case .answered(let answer) = self { return answer.status }
    return nil
  }
}

/// A whole HTTP answer.
struct Answer: Sendable {
  var status: Int
  /// How long the provider asks to wait, where it says so.
  var retryAfter: Duration?
  var body: ByteBuffer
}
