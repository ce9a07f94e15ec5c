/// Recognises what a refusal is about. Codes and statuses alone do not tell: one code stands for
/// all business errors, and an unknown key is reported under at least three statuses.
enum ProviderText {
  /// What is wrong with the operator's set-up, or nil where it is about the request.
  static func concern(_ problem: Refusal, status: Int) -> Refusal.Concern? {
    let text = problem.message.lowercased()
    if isPermission(problem.code, text) { return .permission }
    if isKey(text) { return .key }
    if isSender(text) { return .sender }
    if isAccount(text) { return .account }
    switch (problem.code, status) {
    case ("INVALID_IN_PAYLOAD", 401), ("INVALID_IN_PAYLOAD", 403): return .key
    case ("NON_VALIDATING_IN_PAYLOAD", _): return nil
    case (_, 401): return .key
    case (_, 403): return .permission
    default: return nil
    }
  }

  static func isThrottle(_ problem: Refusal) -> Bool {
    if problem.code == "REQ_LIMIT_EXCEEDED" { return true }
    let text = problem.message.lowercased()
    return ["rate limited", "ratelimit exceeded", "rate limit exceeded", "too many requests"]
      .contains { text.contains($0) }
  }

  private static func isPermission(_ code: String, _ text: String) -> Bool {
    if code == "ENDPOINT_PERMISSION_DENIED" { return true }
    if text.contains("permission to access this api endpoint") { return true }
    return text.contains("ip address")
      && (text.contains("not allowed") || text.contains("allow list"))
  }

  private static func isKey(_ text: String) -> Bool {
    if text.contains("an api user matching the passed") { return true }
    guard text.contains("api key") || text.contains("api_key") || text.contains("apikey") else {
      return false
    }
    return [
      "not found", "not in the correct format", "invalid", "missing", "required", "not valid",
      "revoked", "disabled", "blocked", "expired",
    ].contains { text.contains($0) }
  }

  private static func isSender(_ text: String) -> Bool {
    guard text.contains("sender") || text.contains("from address") || text.contains("domain") else {
      return false
    }
    return [
      "not verified", "unverified", "isn't verified", "not been verified", "not a verified",
      "must be verified", "verify your", "verified sender before",
    ].contains { text.contains($0) }
  }

  /// Only texts that name the caller's account or plan: a recipient's account may be disabled too.
  private static func isAccount(_ text: String) -> Bool {
    let isOurs = ["your account", "this account", "your plan", "free plan", "monthly limit"]
      .contains { text.contains($0) }
    guard isOurs else { return false }
    return [
      "suspend", "disabled", "closed", "blocked", "not active", "inactive", "review", "limit",
      "exceed", "upgrade", "allowance", "quota", "cannot", "can't", "not available", "not able",
    ].contains { text.contains($0) }
  }
}
