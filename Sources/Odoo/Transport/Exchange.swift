import NIOCore

/// A whole HTTP answer.
struct Answer: Sendable {
  var status: Int
  /// How long the server asks to wait, where it says so.
  var retryAfter: Duration?
  /// The media type, in small letters and without parameters.
  var mediaType: String?
  var body: ByteBuffer
}

/// A request that can be sent on either interface.
struct WireRequest: Sendable {
  var method = "POST"
  /// Below the base address, with its slash.
  var path: String
  var headers: [(String, String)] = []
  var body: ByteBuffer?
  /// What is wanted; a document's answer has a limit of its own.
  var accepts = "application/json"
  var answerLimit: Int?
}
