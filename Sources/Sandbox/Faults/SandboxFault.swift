/// Something that goes wrong on purpose.
public enum SandboxFault: String, Sendable, CaseIterable {
  /// Reads the request, records nothing, and never answers.
  case hangBeforeAccepting = "hang_before_accepting"
  /// Records the message, also in the state file, and never answers.
  case hangAfterAccepting = "hang_after_accepting"
  /// Closes the connection without a byte; nothing is recorded.
  case cutBeforeAccepting = "cut_before_accepting"
  /// Records the message and closes the connection without a byte.
  case cutAfterAccepting = "cut_after_accepting"
  /// Records the message and closes the connection in the middle of the answer.
  case cutMidAnswer = "cut_mid_answer"
  /// 400 with `API_EXCEPTION`; nothing is recorded.
  case http400 = "http_400"
  /// 401 with an empty body; nothing is recorded.
  case http401 = "http_401"
  /// 402 with `API_EXCEPTION`; nothing is recorded.
  case http402 = "http_402"
  /// 404 with an empty body; nothing is recorded.
  case http404 = "http_404"
  /// 429 with `REQ_LIMIT_EXCEEDED`; nothing is recorded.
  case http429 = "http_429"
  /// 500 with an HTML page; nothing is recorded.
  case http500 = "http_500"
  /// 500 with the text for an unknown key, as seen live; nothing is recorded.
  case http500Key = "http_500_key"
  /// Records the message and answers 500 with an HTML page.
  case http500AfterAccepting = "http_500_after_accepting"
  /// 502 with a proxy's HTML page; nothing is recorded.
  case html502 = "html_502"
  /// 503 with an empty body; nothing is recorded.
  case http503 = "http_503"
  /// Records the message and answers 504 with a proxy's HTML page.
  case http504AfterAccepting = "http_504_after_accepting"
  /// Records the message and answers 200 with a page that is not JSON.
  case notJSON200 = "not_json_200"
  /// 200 with `failed: 1` and a text in `failures`; nothing is recorded.
  case failures200 = "failures_200"
  /// Records the message and answers like `fastaccept`: no counters.
  case fastAccept = "fast_accept"
  /// Records the message, answers, and closes the connection without having said so.
  case idleClose = "idle_close"
  /// 307 to the same path under another host name of this machine; nothing is recorded yet.
  case redirect307 = "redirect_307"

  /// Whether the request takes its normal course first.
  var actsAfterAccepting: Bool {
    switch self {
    case .hangAfterAccepting, .cutAfterAccepting, .cutMidAnswer, .http500AfterAccepting,
      .http504AfterAccepting, .notJSON200, .fastAccept, .idleClose:
      true
    case .hangBeforeAccepting, .cutBeforeAccepting, .http400, .http401, .http402, .http404,
      .http429, .http500, .http500Key, .html502, .http503, .failures200, .redirect307:
      false
    }
  }
}
