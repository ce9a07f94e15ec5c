import ActionProtocol

/// Finds out from the books who looks after the records of a proposal. Nothing is guessed.
struct RecordSalesperson {
  enum Finding: Hashable {
    case one(Salesperson)
    /// The records belong to different people.
    case several
    case none
  }

  let store: any StoreReading
  let org: OrgID

  /// The salesperson of the records; where they name none, that of their customer, else of the
  /// customer's company.
  func find(_ records: AffectedRecords) throws -> Finding {
    var found: [Int64: Salesperson] = [:]
    for reference in records.references {
      if let person = try salesperson(reference) { found[person.userID] = person }
    }
    if found.count > 1 { return .several }
    if let only = found.values.first { return .one(only) }
    guard let partner = records.partner ?? records.references.first(where: Self.isPartner) else {
      return .none
    }
    if let person = try salesperson(partner) { return .one(person) }
    guard let company = try many2one("parent_id", of: partner)?.id else { return .none }
    let parent = RecordReference(model: AffectedRecords.partnerModel, id: company)
    return try salesperson(parent).map(Finding.one) ?? .none
  }

  private static func isPartner(_ reference: RecordReference) -> Bool {
    reference.model == AffectedRecords.partnerModel
  }

  private func salesperson(_ reference: RecordReference) throws -> Salesperson? {
    let field = reference.model == "account.move" ? "invoice_user_id" : "user_id"
    return try many2one(field, of: reference).map { Salesperson(userID: $0.id, name: $0.name) }
  }

  /// Odoo's `[id, name]`; nil where the record is not there or the field is false.
  private func many2one(
    _ field: String, of reference: RecordReference
  ) throws -> (id: Int64, name: String)? {
    guard case .array(let pair)? = try store.record(org, reference)?.fields[field],
      pair.count == 2, let id = pair[0].integerValue, id > 0, let name = pair[1].stringValue
    else { return nil }
    return (id, name)
  }
}
