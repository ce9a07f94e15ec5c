import ActionProtocol
import Cards
import Decisions
import Engine

/// Which of the two forms: a message, or a follow-up that becomes one later.
enum ComposeKind: String, CaseIterable {
  case message
  case followUp = "follow-up"

  var title: String { self == .message ? "New message" : "New follow-up" }
  var path: String { "/new/\(rawValue)" }
}

/// What a form about a message brought, as text; kept when something is wrong with it.
struct ComposeForm {
  let kind: ComposeKind
  var customer = ""
  var recipient = ""
  var template = MessageWish.Template.text.rawValue
  var deed = MessageWish.Deed.message.rawValue
  var subject = ""
  var text = ""
  /// `2026-03-04T09:30` on the organisation's clock, as browsers send it.
  var when = ""
  var why = ""
  var nonce = ""

  /// The bytes of the longest form.
  static let bytes = 65_536

  init(_ kind: ComposeKind) { self.kind = kind }

  init(_ kind: ComposeKind, _ fields: FormFields) {
    self.kind = kind
    customer = fields.words("customer")
    recipient = fields["recipient"]
    template = fields["template"]
    deed = fields.has("deed") ? fields["deed"] : MessageWish.Deed.message.rawValue
    subject = fields.words("subject")
    text = fields.words("text")
    when = fields.words("when")
    why = fields.words("why")
    nonce = fields["nonce"]
  }

  /// - Throws: ``DecisionError`` `compose.FIELD`.
  func wish(_ time: LocalTime) throws -> MessageWish {
    guard let number = Int64(customer), let partner = PartnerID(rawValue: number) else {
      throw Self.refusal(
        "customer", "No customer is chosen.", "Find one by name, e-mail or number.")
    }
    guard let template = MessageWish.Template(rawValue: template) else {
      throw Self.refusal(
        "template", "There is no such template here.",
        "Take one of: \(MessageWish.Template.allCases.map(\.rawValue).joined(separator: ", ")).")
    }
    guard let deed = MessageWish.Deed(rawValue: deed) else {
      throw Self.refusal(
        "deed", "That is neither message, call nor task.", "Take one of the three.")
    }
    guard why.unicodeScalars.count <= 1000 else {
      throw Self.refusal("why", "The reason is longer than 1000 characters.", "Shorten it.")
    }
    let moment = try moment(time)
    guard kind == .message || moment != nil else {
      throw Self.refusal(
        "when", "A follow-up needs a moment.", "Say when it is to become a proposal.")
    }
    return MessageWish(
      customer: partner, recipient: recipient, template: template, subject: subject, text: text,
      notBefore: moment, deed: kind == .message ? .message : deed, why: why, nonce: nonce)
  }

  /// Nil: now.
  private func moment(_ time: LocalTime) throws -> Instant? {
    guard !when.isEmpty else { return nil }
    let parts = when.split(separator: "T", omittingEmptySubsequences: false)
    if parts.count == 2, let day = LocalDate(iso: String(parts[0])),
      let clock = TimeOfDay(String(parts[1].prefix(5))), parts[1].utf8.count <= 8
    {
      return WallClock.instant(day, minutes: clock.minutes, in: time.zone)
    }
    if let instant = Instant(rfc3339: when) { return instant }
    throw Self.refusal(
      "when", "That is no day with a time.", "Write it as 2026-03-04T09:30, or leave it empty.")
  }

  static func refusal(_ field: String, _ message: String, _ remedy: String) -> DecisionError {
    DecisionError(.invalid, "compose.\(field)", message, remedy: remedy)
  }
}
