/// The records an action concerns: some of one model, a partner, or both.
public struct AffectedRecords: Hashable, Sendable {
  /// The model of `ids`, such as `account.move`.
  public var model: String?
  /// The records' numbers, positive and unique.
  public var ids: [Int64]
  /// The customer they belong to.
  public var partnerID: PartnerID?
  /// The customer's name, for people.
  public var partnerName: String?
  /// The records' name, for people, such as `INV-2024-001`.
  public var recordName: String?

  /// The given records.
  public init(
    model: String? = nil, ids: [Int64] = [], partnerID: PartnerID? = nil,
    partnerName: String? = nil, recordName: String? = nil
  ) {
    self.model = model
    self.ids = ids
    self.partnerID = partnerID
    self.partnerName = partnerName
    self.recordName = recordName
  }

  /// The model of partners.
  public static let partnerModel = "res.partner"

  /// The model of persons of the org, who sign in to AIOM.
  public static let personModel = "aiom.person"

  /// Whether the records are AIOM's own (`aiom.…`), which stand in no books.
  public var areOwn: Bool { model?.hasPrefix("aiom.") == true }

  /// The records one by one, in order; the partner itself where no other record is named.
  public var references: [RecordReference] {
    if let model, !ids.isEmpty {
      return ids.sorted().map { RecordReference(model: model, id: $0) }
    }
    return partner.map { [$0] } ?? []
  }

  /// The partner's record.
  public var partner: RecordReference? {
    partnerID.map { RecordReference(model: Self.partnerModel, id: $0.rawValue) }
  }

  /// The records on the wire.
  public var json: JSONValue {
    var object = JSONObject()
    object.append("odoo_model", .text(model))
    if !ids.isEmpty { object.append("odoo_ids", .integers(ids)) }
    object.append("partner_id", .id(partnerID?.rawValue))
    object.append("partner_name", .text(partnerName))
    object.append("record_name", .text(recordName))
    return .object(object)
  }
}
