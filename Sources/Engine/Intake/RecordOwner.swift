import ActionProtocol

/// Finds out from the books whose records a proposal is about and what they are called, where it does
/// not say.
///
/// A proposer who names the invoice has named the customer: the address is then checked against that
/// customer's record. Nothing is guessed: records of several customers, or of none, stay without.
struct RecordOwner {
  let store: any StoreReading
  let org: OrgID

  /// The records with the customer they belong to.
  func completed(_ records: AffectedRecords) throws -> AffectedRecords {
    var copy = records
    if copy.partnerID == nil { copy.partnerID = try owner(of: records) }
    if copy.partnerName == nil, let partner = copy.partner { copy.partnerName = try name(partner) }
    if copy.recordName == nil, records.ids.count == 1, let record = records.references.first,
      record.model != AffectedRecords.partnerModel
    {
      copy.recordName = try name(record)
    }
    return copy
  }

  private func owner(of records: AffectedRecords) throws -> PartnerID? {
    guard !records.ids.isEmpty else { return nil }
    var owners: Set<PartnerID> = []
    for reference in records.references {
      guard case .array(let pair)? = try store.record(org, reference)?.fields["partner_id"],
        let owner = pair.first?.integerValue.flatMap(PartnerID.init(rawValue:))
      else { return nil }
      owners.insert(owner)
    }
    return owners.count == 1 ? owners.first : nil
  }

  private func name(_ record: RecordReference) throws -> String? {
    try store.record(org, record)?.fields["name"]?.stringValue
  }
}
