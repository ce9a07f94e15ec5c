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

  /// An issue for each record that the books give to another customer than the proposal does.
  ///
  /// A contact is its company's: naming either of the two for a record of either is right. Records
  /// that the books do not hold, or that belong to nobody, say nothing.
  func mismatches(of records: AffectedRecords) throws -> [ProtocolIssue] {
    guard let given = records.partnerID else { return [] }
    let family = try company(given)
    return try records.references.compactMap { record in
      guard let owner = try owner(of: record), owner != given, try company(owner) != family
      else { return nil }
      return IntakeIssues.partnerMismatch(record, owner: owner, given: given)
    }
  }

  private func owner(of record: RecordReference) throws -> PartnerID? {
    if record.model == AffectedRecords.partnerModel { return PartnerID(rawValue: record.id) }
    return try partner("partner_id", of: record)
  }

  /// The company that a contact belongs to, else the partner itself.
  private func company(_ partner: PartnerID) throws -> PartnerID {
    let record = RecordReference(model: AffectedRecords.partnerModel, id: partner.rawValue)
    return try self.partner("parent_id", of: record) ?? partner
  }

  private func partner(_ field: String, of record: RecordReference) throws -> PartnerID? {
    guard case .array(let pair)? = try store.record(org, record)?.fields[field] else { return nil }
    return pair.first?.integerValue.flatMap(PartnerID.init(rawValue:))
  }

  private func owner(of records: AffectedRecords) throws -> PartnerID? {
    guard !records.ids.isEmpty else { return nil }
    var owners: Set<PartnerID> = []
    for reference in records.references {
      guard let owner = try partner("partner_id", of: reference) else { return nil }
      owners.insert(owner)
    }
    return owners.count == 1 ? owners.first : nil
  }

  private func name(_ record: RecordReference) throws -> String? {
    try store.record(org, record)?.fields["name"]?.stringValue
  }
}
