import ActionProtocol
import Engine
import HTTPTypes

/// What a handler answers.
struct WebAnswer: Sendable {
  var status: HTTPResponse.Status
  var mediaType: String
  var body: [UInt8]
  /// For a page: which styles it may use; everything else is forbidden.
  var contentPolicy: String
  /// Further fields.
  var fields: HTTPFields = [:]
  /// Whether pages of this server may show it in a frame.
  var isFramed = false
  /// For an answer that goes on: begins it. Nil is answered where no further one can be begun.
  var stream: (@Sendable () -> LiveStream?)?

  private init(
    _ status: HTTPResponse.Status, _ mediaType: String, _ body: [UInt8],
    contentPolicy: String = Self.nothing
  ) {
    self.status = status
    self.mediaType = mediaType
    self.body = body
    self.contentPolicy = contentPolicy
  }

  static func json(_ value: JSONValue, status: HTTPResponse.Status = .ok) -> WebAnswer {
    WebAnswer(status, "application/json", CanonicalJSON.encode(value))
  }

  /// What was answered before.
  static func kept(_ answer: KeptAnswer) -> WebAnswer {
    var again = WebAnswer(
      HTTPResponse.Status(code: answer.status), answer.mediaType, answer.body)
    again.fields[.idempotentReplayed] = "true"
    return again
  }

  static func text(_ text: String, mediaType: String) -> WebAnswer {
    WebAnswer(.ok, mediaType, Array(text.utf8))
  }

  /// Server-sent events.
  static func events(_ stream: @escaping @Sendable () -> LiveStream?) -> WebAnswer {
    var answer = WebAnswer(.ok, "text/event-stream", [])
    answer.stream = stream
    answer.fields[.accelBuffering] = "no"
    // Its connection serves nothing else, so that its end is seen at once.
    answer.fields[.connection] = "close"
    return answer
  }

  static func problem(_ problem: Problem, requestID: RequestID?) -> WebAnswer {
    WebAnswer(problem.status, Problem.mediaType, problem.json(requestID: requestID))
  }

  static func page(_ page: Page, status: HTTPResponse.Status = .ok) -> WebAnswer {
    WebAnswer(
      status, "text/html; charset=utf-8", page.bytes, contentPolicy: page.contentPolicy)
  }

  /// The HTML of a mail for a frame: its styles count; scripts, forms and what is elsewhere do not.
  static func message(_ html: String) -> WebAnswer {
    var answer = WebAnswer(
      .ok, "text/html; charset=utf-8", Array(html.utf8),
      contentPolicy: "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; "
        + "form-action 'none'; frame-ancestors 'self'; base-uri 'none'")
    answer.isFramed = true
    return answer
  }

  /// What may be done at an address, and nothing else.
  static func allowing(_ methods: String) -> WebAnswer {
    var answer = WebAnswer(.noContent, "", [])
    answer.fields[.allow] = methods
    return answer
  }

  private static let nothing = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"
}
