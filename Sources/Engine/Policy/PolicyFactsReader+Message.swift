import ActionProtocol
import Addressing
import Decisions

extension PolicyFactsReader {
  /// What a message says, and who gets it.
  func messageFacts(_ facts: inout FactsDraft, _ reading: OutreachReadingPlan) throws {
    guard reading.channel != nil else { return }
    facts[.optedOut] = .flag(!(try reading.suppressions(store, organisation.id).isEmpty))
    facts[.recipientKind] = .text(try kind(reading))
    switch proposal.operation {
    case .email(_, let email):
      facts[.recipientCount] = .integer(Int64(email.recipients.count))
      facts[.recipientDomains] = .texts(Set(email.recipients.map(\.domain)).sorted())
      facts[.template] = isOwnText ? email.templateID.map { .text($0) } ?? .absent : .absent
      let texts = [email.subject, email.bodyText, email.bodyHTML ?? ""]
      facts[.links] = .flag(texts.contains(where: Self.hasLink))
      facts[.length] = .integer(Int64(email.bodyText.unicodeScalars.count))
      facts[.attachments] = .integer(Int64(email.attachments.count))
    case .sms(_, let sms):
      facts[.recipientCount] = .integer(1)
      facts[.recipientDomains] = .absent
      facts[.template] = isOwnText ? sms.templateID.map { .text($0) } ?? .absent : .absent
      facts[.links] = .flag(Self.hasLink(sms.body))
      facts[.length] = .integer(Int64(sms.body.unicodeScalars.count))
      facts[.attachments] = .integer(0)
    default: break
    }
  }

  /// The least known of all recipients counts.
  private func kind(_ reading: OutreachReadingPlan) throws -> String {
    if MessageClass(proposal) == .internal {
      return try isToColleagues ? "internal" : "unknown"
    }
    let holders = try (reading.recipients.recipients + reading.partners.map { .partner($0) })
      .compactMap { try store.record(organisation.id, $0) }
    let known = Set(
      holders.flatMap { holder in
        ["email", "email_normalized", "phone"].compactMap {
          holder.fields[$0]?.stringValue?.lowercased()
        }
      })
    let named: [String] =
      switch proposal.operation {
      case .email(_, let email): email.recipients.map(\.rawValue)
      case .sms(_, let sms): [sms.to.e164]
      default: []
      }
    return named.allSatisfy { known.contains($0.lowercased()) } ? "customer" : "unknown"
  }

  /// Whether every address is that of an active person of the organisation.
  private var isToColleagues: Bool {
    get throws { try Colleagues(organisation.id, store).include(proposal.operation) }
  }

  private static func hasLink(_ text: String) -> Bool {
    let lower = text.lowercased()
    return ["http://", "https://", "www."].contains { lower.contains($0) }
  }
}
