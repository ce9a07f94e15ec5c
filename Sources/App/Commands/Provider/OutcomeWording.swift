import SMTP2GO

/// An outcome of a call in a sentence.
enum OutcomeWording {
  static func text<Value>(_ outcome: Outcome<Value>) -> String {
    switch outcome {
    case .accepted, .acceptedInPart: "ok"
    case .refused(let refusal), .configuration(let refusal):
      "\(refusal.code): \(DisplayText.line(refusal.message))"
    case .throttled(let delay):
      "too many requests"
        + (delay.map { "; try again in \($0.components.seconds) s" } ?? "; wait a minute")
    case .notSent(let reason):
      "not reached: \(reason.rawValue.replacing("_", with: " "))"
    case .unknown(let reason):
      "no usable answer: \(reason.rawValue.replacing("_", with: " "))"
    }
  }

  /// What to do about it.
  static func remedy<Value>(_ outcome: Outcome<Value>) -> String {
    switch outcome {
    case .accepted, .acceptedInPart: return ""
    case .configuration(let refusal), .refused(let refusal):
      switch refusal.concern {
      case .key:
        return "Check the key: copied whole, not revoked? Keys can belong to a region, and another "
          + "region answers the same: try SMTP2GO_REGION=us, eu or au."
      case .permission: return "Give the key this permission in SMTP2GO's dashboard."
      case .sender: return "Verify the sender or its domain at SMTP2GO."
      case .account: return "Look at the account in SMTP2GO's dashboard."
      case nil: return "See docs/integrations/smtp2go.md."
      }
    case .throttled: return "Wait, then try again."
    case .notSent: return "Check the network, SMTP2GO_URL and SMTP2GO_REGION."
    case .unknown: return "Try again in a moment."
    }
  }

  /// Whether trying again later may help.
  static func isTemporary<Value>(_ outcome: Outcome<Value>) -> Bool {
    switch outcome {
    case .throttled, .notSent, .unknown: true
    case .accepted, .acceptedInPart, .refused, .configuration: false
    }
  }
}
