import Addressing

/// What this client has against a request, before anything is sent. The codes are stable.
extension Refusal {
  static func local(_ code: String, _ message: String) -> Refusal {
    Refusal(code: "client.\(code)", message: message)
  }

  static func local(_ issue: AddressingIssue) -> Refusal {
    local(issue.code, issue.message)
  }

  static func tooLarge(_ endpoint: Endpoint) -> Refusal {
    local(
      "too_large",
      "The request exceeds the provider's \(endpoint.largestRequest / 1_000_000) MB.")
  }

  static let unreadableFile = local(
    "attachment_unreadable", "An attachment's file is not there, no file, or may not be read.")

  /// The first text that could end a header line or hide in one.
  static func header(_ texts: [String]) -> Refusal? {
    do throws(AddressingIssue) {
      for text in texts { try HeaderText.check(text) }
      return nil
    } catch {
      return .local(error)
    }
  }
}
