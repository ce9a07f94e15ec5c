/// Something that goes wrong on purpose.
public enum SandboxFault: String, Sendable, CaseIterable {
  /// Nothing goes wrong: a place in a sequence.
  case none

  // Nothing is recorded.

  /// Reads the request and never answers.
  case hangBeforeAccepting = "hang_before_accepting"
  /// Closes the connection without a byte.
  case cutBeforeAccepting = "cut_before_accepting"
  /// 400 with `API_EXCEPTION`.
  case http400 = "http_400"
  /// 400 with `NON_VALIDATING_IN_PAYLOAD`.
  case http400Payload = "http_400_payload"
  /// 400 with `ENDPOINT_PERMISSION_DENIED`, as the specification has it.
  case http400Permission = "http_400_permission"
  /// 400 with the text for an unknown key.
  case http400Key = "http_400_key"
  /// 400 with the text for a sender that is not verified.
  case http400Sender = "http_400_sender"
  /// 400 with a plan's limit as the reason.
  case http400Plan = "http_400_plan"
  /// 401 with an empty body.
  case http401 = "http_401"
  /// 401 with the text for an unknown key.
  case http401Key = "http_401_key"
  /// 402 with `API_EXCEPTION`.
  case http402 = "http_402"
  /// 403 with an empty body.
  case http403 = "http_403"
  /// 403 with `INVALID_IN_PAYLOAD`: a key that is missing or malformed.
  case http403Key = "http_403_key"
  /// 403 with `ENDPOINT_PERMISSION_DENIED`, as the documents have it.
  case http403Permission = "http_403_permission"
  /// 404 with an empty body.
  case http404 = "http_404"
  /// 413 with a page.
  case http413 = "http_413"
  /// 429 with `REQ_LIMIT_EXCEEDED`.
  case http429 = "http_429"
  /// 429 for a key's own limit, with the old `X-RateLimit-*` headers.
  case http429Key = "http_429_key"
  /// 429 with an empty body, as for an address that is timed out.
  case http429Address = "http_429_address"
  /// 429 with `Retry-After: 60`, which the vendor may send one day.
  case http429RetryAfter = "http_429_retry_after"
  /// 500 with an HTML page.
  case http500 = "http_500"
  /// 500 with the text for an unknown key, as seen live.
  case http500Key = "http_500_key"
  /// 502 with a proxy's HTML page.
  case html502 = "html_502"
  /// 503 with an empty body.
  case http503 = "http_503"
  /// 504 with a proxy's HTML page.
  case http504 = "http_504"
  /// 200 with `failed: 1` and a text in `failures`.
  case failures200 = "failures_200"
  /// 200 with an error in `data`.
  case error200 = "error_200"
  /// 307 to the same path under another host name of this machine.
  case redirect307 = "redirect_307"

  // The message is recorded, also in the state file.

  /// Never answers.
  case hangAfterAccepting = "hang_after_accepting"
  /// Answers with the head and the first bytes, and never goes on.
  case hangMidAnswer = "hang_mid_answer"
  /// Closes the connection without a byte.
  case cutAfterAccepting = "cut_after_accepting"
  /// Closes the connection in the middle of the answer.
  case cutMidAnswer = "cut_mid_answer"
  /// Answers byte by byte, slowly.
  case slowAnswer = "slow_answer"
  /// 500 with an HTML page.
  case http500AfterAccepting = "http_500_after_accepting"
  /// 502 with a proxy's HTML page.
  case html502AfterAccepting = "html_502_after_accepting"
  /// 504 with a proxy's HTML page.
  case http504AfterAccepting = "http_504_after_accepting"
  /// 200 with a page that is not JSON.
  case notJSON200 = "not_json_200"
  /// 200 with an empty body.
  case empty200 = "empty_200"
  /// 200 with the counters and without an id.
  case noID200 = "no_id_200"
  /// 200 with an id, and one text in `failures`.
  case partialFailures200 = "partial_failures_200"
  /// Answers like `fastaccept`: no counters.
  case fastAccept = "fast_accept"
  /// Answers, and closes the connection without having said so.
  case idleClose = "idle_close"

  // The message is recorded and answered as usual; what is told of it later is wrong.

  /// Its events reach `/activity/search` late.
  case activityLate = "activity_late"
  /// Its events never reach `/activity/search`.
  case activityNever = "activity_never"
  /// Each of its events is posted twice.
  case webhookDuplicate = "webhook_duplicate"
  /// Its events are posted in reverse.
  case webhookReorder = "webhook_reorder"
  /// Its events are posted late.
  case webhookLate = "webhook_late"
  /// Its events are never posted.
  case webhookNever = "webhook_never"

  /// The moment at which a fault strikes.
  enum Phase: Sendable {
    /// Instead of the request's normal course.
    case before
    /// Once the request was accepted, in place of the answer.
    case after
    /// After the answer, which is untouched.
    case tracking
  }

  var phase: Phase {
    switch self {
    case .hangAfterAccepting, .hangMidAnswer, .cutAfterAccepting, .cutMidAnswer, .slowAnswer,
      .http500AfterAccepting, .html502AfterAccepting, .http504AfterAccepting, .notJSON200,
      .empty200, .noID200, .partialFailures200, .fastAccept, .idleClose:
      .after
    case .activityLate, .activityNever, .webhookDuplicate, .webhookReorder, .webhookLate,
      .webhookNever:
      .tracking
    default: .before
    }
  }
}
