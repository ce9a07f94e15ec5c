import ActionProtocol
import HTTPTypes

/// Every problem that a listener answers with.
extension Problem {
  /// One for all: a path that leads nowhere, and a token that nobody has.
  static let notFound = Problem(
    .notFound, "not_found", "There is nothing here.",
    remedy: "Check the address, and that all of it was copied.")

  static func notFound(listing routes: [String]) -> Problem {
    var problem = notFound
    problem.details["available"] = .array(routes.map { .string($0) })
    return problem
  }

  static func methodNotAllowed(_ allowed: String) -> Problem {
    Problem(
      .methodNotAllowed, "method_not_allowed", "This method does nothing here.",
      remedy: "Use one of: \(allowed).", fields: [.allow: allowed])
  }

  static let signInRequired = Problem(
    .unauthorized, "sign_in_required", "This is for people who have signed in.",
    remedy: "Sign in first.", fields: [.wwwAuthenticate: "Bearer"])

  /// The provider's authorization is missing or wrong, or nobody has the token of the path.
  static let unauthorized = Problem(
    .unauthorized, "unauthorized", "The address or the authorization is wrong.",
    remedy: "Use the webhook's whole address and the Authorization header that was set when it was "
      + "installed; `aiom smtp2go webhook install` sets a new one.",
    fields: [.wwwAuthenticate: "Bearer, Basic realm=\"webhook\""])

  static let throughProxyOnly = Problem(
    .forbidden, "through_proxy_only", "This port serves only the proxy before it.",
    remedy: "Use the public https address. A proxy has to be named with --behind-proxy.",
    closes: true)

  static let tooManyStreams = Problem(
    .serviceUnavailable, "too_many_streams", "No further page can be kept up to date now.",
    remedy: "Close pages that are not needed, or load the page again to see what is new.",
    fields: [.retryAfter: "30"])

  static let httpsRequired = Problem(
    .forbidden, "https_required", "This request came over plain http.",
    remedy: "Use https: the address itself is a secret.", closes: true)

  static let hostMissing = Problem(
    .badRequest, "host_missing", "The request does not say which host it is for.",
    remedy: "Send a Host field.", closes: true)

  static let otherHost = Problem(
    .misdirectedRequest, "other_host", "This listener does not answer under this name.",
    remedy: "Use localhost or the address; a name of yours has to be given to `aiom serve` with "
      + "--listen-names.", closes: true)

  static let badRequest = Problem(
    .badRequest, "bad_request", "This is not an HTTP request that can be read.",
    remedy: "Correct the client.", closes: true)

  static let headTooLarge = Problem(
    .requestHeaderFieldsTooLarge, "head_too_large", "The request's head is too large.",
    remedy: "Send fewer and shorter header fields.", closes: true)

  static let bodyCutOff = Problem(
    .badRequest, "body_cut_off", "The request ended before its body did.", remedy: "Send it again.",
    closes: true)

  static let bodyTooLarge = Problem(
    .contentTooLarge, "body_too_large", "The request's body is too large.",
    remedy: "Send less.", closes: true)

  static let tooSlow = Problem(
    .requestTimeout, "too_slow", "The request did not arrive in time.",
    remedy: "Send it again, faster.", closes: true)

  static let noAnswerInTime = Problem(
    .serviceUnavailable, "no_answer_in_time", "There was no answer in time.",
    remedy: "Send it again in a while: doing it twice does no harm.", fields: [.retryAfter: "30"],
    closes: true)

  static let unavailable = Problem(
    .serviceUnavailable, "unavailable", "This cannot be done at the moment.",
    remedy: "Try it again in a while: doing it twice does no harm.", fields: [.retryAfter: "30"])
}
