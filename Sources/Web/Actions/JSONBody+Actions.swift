import ActionProtocol
import Addressing
import Decisions
import Engine

extension JSONBody {
  func manner() throws(Problem) -> DecisionManner {
    let milliseconds = try optionalNumber("considered_ms")
    guard let milliseconds else { return .alone }
    // A clock that went wrong in a browser measured nothing.
    guard (0...86_400_000).contains(milliseconds) else { return .alone }
    return DecisionManner(considered: .milliseconds(milliseconds))
  }

  func preset() throws(Problem) -> RejectionPreset? {
    guard let text = try optionalText("because") else { return nil }
    guard let preset = RejectionPreset(rawValue: text) else {
      throw .value("because", "one of the reasons that are ready")
    }
    return preset
  }

  func quiet() throws(Problem) -> QuietChoice? {
    if let until = try optionalInstant("quiet_until") { return .until(until) }
    switch try optionalText("quiet") {
    case nil: return nil
    case "until_facts_change": return .untilFactsChange
    case "next_level": return .nextLevel
    case "never": return .never
    default: throw .value("quiet", "until_facts_change, next_level or never")
    }
  }

  func optionalInstant(_ name: String) throws(Problem) -> Instant? {
    guard let text = try optionalText(name) else { return nil }
    guard let instant = Instant(rfc3339: text) else { throw .value(name, "a time (RFC 3339)") }
    return instant
  }

  func edit() throws(Problem) -> ActionEdit {
    var edit = ActionEdit()
    edit.subject = try optionalText("subject")
    edit.bodyText = try optionalText("body_text")
    if let html = try optionalText("body_html") { edit.bodyHTML = .some(html) }
    edit.sms = try optionalText("sms")
    let recipients = try texts("to")
    if !recipients.isEmpty {
      var addresses: [EmailAddress] = []
      for text in recipients {
        guard let address = try? EmailAddress(text) else {  // the problem names what is wanted
          throw .value("to", "a list of e-mail addresses")
        }
        addresses.append(address)
      }
      edit.to = addresses
    }
    return edit
  }
}
