extension Proposal {
  init(from document: Decoding) throws(Decoding.Gap) {
    let approval = document["approval"].flatMap(\.objectValue).map { Decoding($0) }
    let channels = try approval?.list("channels", ApprovalChannel.init(decoding:)) ?? []
    let operation = try TypedOperation(from: document)
    let recipients = operation.recipients
    self.init(
      actionID: try document.optionalID("action_id"),
      orgID: try document.id("org_id"),
      operation: operation,
      riskLevel: try document.optionalChoice("risk_level"),
      requiresApproval: try document.optional("requires_approval", \.boolValue),
      channels: channels.isEmpty ? [.inApp] : channels,
      expiresAt: try document.optionalInstant("expires_at"),
      idempotencyKey: try document.optionalID("idempotency_key"),
      analysisID: try document.optionalText("analysis_id"),
      expectedEffect: try document.text("expected_effect"),
      reasoning: try document.text("reasoning"),
      affectedRecords: try AffectedRecords(from: document.nested("affected_records")),
      proposedChanges: try document.records("proposed_changes", ProposedChange.init(from:)),
      revalidationPlan: try Self.plan(from: document),
      externalEffects: try document.records("external_effects") {
        (effect) throws(Decoding.Gap) in try ExternalEffect(from: effect, recipients)
      },
      estimatedImpact: try Self.impact(from: document),
      rollbackStrategy: try document.optionalChoice("rollback_strategy"),
      metadata: try document.optional("metadata", \.objectValue) ?? JSONObject())
  }

  private static func plan(from document: Decoding) throws(Decoding.Gap) -> [RevalidationCheck] {
    guard let plan = try document.optional("revalidation_plan", \.objectValue) else { return [] }
    return try Decoding(plan).records("checks", RevalidationCheck.init(from:))
  }

  private static func impact(from document: Decoding) throws(Decoding.Gap) -> EstimatedImpact? {
    guard let impact = try document.optional("estimated_impact", \.objectValue) else { return nil }
    return try EstimatedImpact(from: Decoding(impact))
  }
}

extension Decoding {
  func optionalID<ID: RawRepresentable>(
    _ key: String, as id: ID.Type = ID.self
  ) throws(Gap) -> ID? where ID.RawValue == String {
    try optionalChoice(key, as: id)
  }

  func id<ID: RawRepresentable>(
    _ key: String, as id: ID.Type = ID.self
  ) throws(Gap) -> ID where ID.RawValue == String {
    try choice(key, as: id)
  }
}

extension ApprovalChannel {
  fileprivate init(decoding value: JSONValue) throws(Decoding.Gap) {
    guard let channel = value.stringValue.flatMap(ApprovalChannel.init(rawValue:)) else {
      throw Decoding.Gap(key: "channels")
    }
    self = channel
  }
}

extension AffectedRecords {
  fileprivate init(from document: Decoding) throws(Decoding.Gap) {
    self.init(
      model: try document.optionalText("odoo_model"),
      ids: try document.list("odoo_ids", Decoding.recordID),
      partnerID: try document.partner("partner_id"),
      partnerName: try document.optionalText("partner_name"),
      recordName: try document.optionalText("record_name"))
  }
}

extension Decoding {
  static func recordID(_ value: JSONValue) throws(Gap) -> Int64 {
    guard let id = value.integerValue else { throw Gap(key: "id") }
    return id
  }
}

extension ProposedChange {
  fileprivate init(from document: Decoding) throws(Decoding.Gap) {
    self.init(
      path: try document.text("path"), before: document["before"] ?? .null,
      after: document["after"] ?? .null, changeType: try document.choice("change_type"),
      humanLabel: try document.optionalText("human_label"))
  }
}

extension ExternalEffect {
  fileprivate init(from document: Decoding, _ recipients: [String]) throws(Decoding.Gap) {
    let key = document["effect_type"] == nil ? "type" : "effect_type"
    let type: EffectType = try document.choice(key)
    let text = try document.text("recipient")
    let isKnown = recipients.contains { $0.hasSameBytes(as: text) }
    self.init(
      effectType: type, recipient: isKnown ? text : try Decoding.recipient(text, type),
      recipientPartnerID: try document.partner("recipient_partner_id"),
      subject: try document.optionalText("subject"),
      preview: try document.optionalText("preview"),
      estimatedDeliveryAt: try document.optionalInstant("estimated_delivery_at"))
  }
}

extension EstimatedImpact {
  fileprivate init(from document: Decoding) throws(Decoding.Gap) {
    let money = try document.optional("revenue_change", \.objectValue).map { Decoding($0) }
    self.init(
      revenueChange: try money.map { (money) throws(Decoding.Gap) in try Money(from: money) },
      cashRunwayChangeDays: try document.number("cash_runway_change_days"),
      timeSavedHours: try document.number("time_saved_hours"),
      riskReductionScore: try document.number("risk_reduction_score"))
  }
}

extension Money {
  fileprivate init(from document: Decoding) throws(Decoding.Gap) {
    self.init(
      minorUnits: try document.integer("minor_units"),
      currency: try document.required("currency") { $0.stringValue.flatMap(Currency.init(code:)) })
  }
}
