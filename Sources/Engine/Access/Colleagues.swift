import ActionProtocol
import Addressing
import Decisions

/// The active persons of an org, by where they can be reached.
struct Colleagues {
  private let emails: Set<String>
  private let phones: Set<String>

  init(_ org: OrgID, _ store: any StoreReading) throws {
    let members = Set(try store.memberships(in: org).map(\.person))
    let active = try store.persons().filter { $0.isActive && members.contains($0.id) }
    emails = Set(active.compactMap { $0.email?.identity })
    phones = Set(active.compactMap { $0.phone?.e164 })
  }

  /// Whether a message to the org's own people, about records of AIOM's own, would reach anybody else:
  /// somebody who left since, or a customer.
  static func areMissed(
    by proposal: Proposal, _ org: OrgID, _ store: any StoreReading
  ) throws -> Bool {
    guard proposal.affectedRecords.areOwn, proposal.safeOperation.effectType != nil,
      MessageClass(proposal) == .internal
    else { return false }
    return try !Colleagues(org, store).include(proposal.operation)
  }

  /// Whether everybody who would receive the message is one of them; true for what is no message.
  func include(_ operation: TypedOperation) -> Bool {
    switch operation {
    case .email(_, let email): email.recipients.allSatisfy { emails.contains($0.identity) }
    case .sms(_, let sms): phones.contains(sms.to.e164)
    default: true
    }
  }
}
