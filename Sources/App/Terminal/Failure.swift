import ActionProtocol

/// What a person reads when a command could not do what was asked: what happened, to what, and what
/// to do next.
struct Failure: Error, Sendable, CustomStringConvertible {
  /// Stable, for programs.
  let code: String
  let message: String
  let remedy: String
  let status: ExitStatus
  /// Further members of the error object under `--json`.
  let details: JSONObject

  init(
    _ status: ExitStatus, _ code: String, _ message: String, remedy: String,
    details: JSONObject = JSONObject()
  ) {
    self.code = code
    self.message = message
    self.remedy = remedy
    self.status = status
    self.details = details
  }

  var description: String { code }

  /// `{"error": {"code", "message", "remedy", …}}`.
  var json: JSONValue {
    var error: JSONObject = [
      "code": .string(code), "message": .string(message), "remedy": .string(remedy),
    ]
    for (key, value) in details { error[key] = value }
    return ["error": .object(error)]
  }
}
