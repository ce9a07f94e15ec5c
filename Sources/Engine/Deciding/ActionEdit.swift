import ActionProtocol
import Addressing

/// What a person changes before approving. Nil leaves a part as it is.
public struct ActionEdit: Sendable {
  public var subject: String?
  public var bodyText: String?
  /// `.some(nil)` removes the HTML part.
  public var bodyHTML: String??
  public var to: [EmailAddress]?
  public var sms: String?

  public init(
    subject: String? = nil, bodyText: String? = nil, bodyHTML: String?? = nil,
    to: [EmailAddress]? = nil, sms: String? = nil
  ) {
    self.subject = subject
    self.bodyText = bodyText
    self.bodyHTML = bodyHTML
    self.to = to
    self.sms = sms
  }

  /// The proposal with the changes.
  ///
  /// A changed text without its HTML twin loses the old HTML: two parts of one message must not say
  /// different things.
  /// - Throws: ``DecisionError`` when a part is named that the operation does not have.
  func applied(to proposal: Proposal) throws -> Proposal {
    var copy = proposal
    switch proposal.operation {
    case .email(let type, var email):
      guard sms == nil else { throw Self.unfit("sms", "an e-mail") }
      email.subject = subject ?? email.subject
      if let bodyText {
        email.bodyText = bodyText
        email.bodyHTML = nil
      }
      if let bodyHTML { email.bodyHTML = bodyHTML }
      email.to = to ?? email.to
      copy.operation = .email(type, email)
    case .sms(let type, var message):
      guard subject == nil, bodyText == nil, bodyHTML == nil, to == nil else {
        throw Self.unfit("subject, text, HTML or to", "an SMS")
      }
      message.body = sms ?? message.body
      copy.operation = .sms(type, message)
    default:
      throw Self.unfit("a message", "an action without one")
    }
    copy.externalEffects = copy.operation.externalEffects.map { effect in
      var effect = effect
      effect.recipientPartnerID =
        proposal.externalEffects.first { $0.recipient == effect.recipient }?.recipientPartnerID
      return effect
    }
    return copy
  }

  private static func unfit(_ part: String, _ operation: String) -> DecisionError {
    DecisionError(
      .invalid, "edit.unfit", "Cannot change \(part) of \(operation).",
      remedy: "Name only parts that the action has; see: aiom action edit --help.")
  }
}
