import Decisions

/// How customers who get SMS say that they want no more, as the operator states it.
public enum SMSOptOut: Hashable, Sendable {
  /// The provider posts their answers to our webhook.
  case webhook
  /// The provider or the network takes the STOP and keeps later messages back.
  case provider
  /// Another way, in the words that stand in the messages: "Call +1 555 010 0199".
  case words(String)

  /// Reads a setting: `webhook`, `provider`, or a sentence of at least eight characters.
  public init?(_ text: String) {
    switch text {
    case "webhook": self = .webhook
    case "provider": self = .provider
    default:
      guard text.unicodeScalars.count >= 8, text.unicodeScalars.count <= 160, text.contains(" ")
      else { return nil }
      self = .words(text)
    }
  }
}

extension SMSOptOut {
  /// Why an SMS to a customer may not go while the operator has not said how they opt out and their
  /// answers are not read. A key that may call `/sms/view-received` is not enough by itself: what
  /// counts is that the last hour's answers were read with it.
  static let unknownWay = CallOutcome.configuration(
    code: "sms_opt_out.unknown",
    message: "SMS to customers are off: nobody would read a STOP. Allow the key "
      + "/sms/view-received, or say with AIOM_SMS_OPT_OUT how customers opt out.")
}
