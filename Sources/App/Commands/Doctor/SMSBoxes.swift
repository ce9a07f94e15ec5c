import Addressing
import Connectors
import Engine
import SMTP2GO

/// The boxes about text messages. All are optional: e-mail works without them.
struct SMSBoxes: Sendable {
  let account: AccountBoxes

  var all: [Box] { [sender, optOut] }

  /// A number of one's own, none, or a name, which nobody documents.
  private var sender: Box {
    let (id, title) = ("sms_sender", "SMS sender")
    if let number = account.organisation?.smsSender ?? account.settings.smsSender {
      return Box(id, title, .ok, number.e164, optional: true)
    }
    guard account.settings.hasSMSSenderName else {
      return Box(
        id, title, .ok, "none: SMTP2GO uses a shared number (the US and Canada need one of yours)",
        optional: true)
    }
    return Box(
      id, title, .missing,
      "SMTP2GO_SMS_SENDER is a name: accepted here and left out when sending, because SMTP2GO does "
        + "not document names",
      fix: "Elsewhere names are one-way, so that nobody can answer STOP, and they are not allowed "
        + "in the US and Canada. Give a number of yours such as +15551234567, or leave it empty.",
      optional: true)
  }

  /// How customers say that they want no more.
  private var optOut: Box {
    let (id, title) = ("sms_opt_out", "SMS opt-out")
    switch account.settings.smsOptOut {
    case .webhook?: return Box(id, title, .ok, "webhook, as AIOM_SMS_OPT_OUT says", optional: true)
    case .provider?:
      return Box(id, title, .ok, "provider, as AIOM_SMS_OPT_OUT says", optional: true)
    case .words(let text)?:
      return Box(
        id, title, .ok, "by other means, as AIOM_SMS_OPT_OUT says: \(DisplayText.line(text))",
        optional: true)
    case nil: break
    }
    guard let probe = account.probe, let mayRead = probe.allows("/sms/view-received") else {
      return account.notAsked(id, title, optional: true)
    }
    return mayRead
      ? Box(
        id, title, .ok,
        "answers are read before SMS go out, and by aiom serve every 5 minutes "
          + "(/sms/view-received)", optional: true)
      : Box(
        id, title, .missing, "nobody would read a STOP: SMS to customers stay off",
        fix: "Give the key /sms/view-received; or set AIOM_SMS_OPT_OUT to webhook, provider, or "
          + "the sentence that tells customers how to opt out.", optional: true)
  }
}
