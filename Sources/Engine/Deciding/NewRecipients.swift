import ActionProtocol
import Addressing

/// Recipients that a person puts in the place of the proposed ones: only addresses that stand in the
/// records, each with the check that it still does.
///
/// A free address would be one that no check looks at again before sending.
struct NewRecipients {
  let store: any StoreReading
  let org: OrgID

  /// The edited proposal with the checks of its new recipients instead of those of its old ones.
  /// - Throws: ``DecisionError`` where no record concerned has one of the addresses.
  func checked(_ recipients: [EmailAddress], in edited: Proposal) throws -> Proposal {
    var copy = edited
    let holders = try holders(of: edited)
    copy.revalidationPlan.removeAll { Self.holder($0.predicate) != nil }
    var names = Set(copy.revalidationPlan.map(\.checkID))
    for address in recipients {
      guard let holder = holders.first(where: { $0.address == address.rawValue })?.record else {
        throw Self.unknown
      }
      var name = "recipient_address"
      var number = 2
      while !names.insert(name).inserted {
        name = "recipient_address_\(number)"
        number += 1
      }
      copy.revalidationPlan.insert(
        RevalidationCheck(
          checkID: name, description: "The record still has this e-mail address",
          severity: .requireReapproval,
          predicate: .fieldEquals(holder, field: "email", expected: .string(address.rawValue))),
        at: 0)
      for index in copy.externalEffects.indices
      where copy.externalEffects[index].recipient == address.rawValue {
        copy.externalEffects[index].recipientPartnerID = PartnerID(rawValue: holder.id)
      }
    }
    return copy
  }

  /// The records concerned with the addresses they have now: the customer's, and those that the
  /// plan looks at already, such as a billing contact's.
  private func holders(
    of proposal: Proposal
  ) throws -> [(record: RecordReference, address: String)] {
    var records = proposal.revalidationPlan.compactMap { Self.holder($0.predicate) }
    if let partner = proposal.affectedRecords.partner { records.append(partner) }
    return try records.compactMap { record in
      try store.record(org, record)?.fields["email"]?.stringValue.map { (record, $0) }
    }
  }

  /// The record whose address a check looks at.
  private static func holder(_ predicate: Predicate) -> RecordReference? {
    guard case .fieldEquals(let record, field: "email", _) = predicate,
      record.model == AffectedRecords.partnerModel
    else { return nil }
    return record
  }

  private static let unknown = DecisionError(
    .invalid, "edit.recipient_unknown", "The customer's records do not have this address.",
    remedy: "Put it into the customer's record first: aiom import partners FILE.")
}
