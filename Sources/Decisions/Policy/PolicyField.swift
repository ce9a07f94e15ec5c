import ActionProtocol

/// Something that a policy can look at. The raw value is the field's place in ``PolicyFields/table``.
public enum PolicyField: Int, CaseIterable, Hashable, Sendable {
  case amount, currency, records, risk
  case overdueDays, invoices, disputed
  case tags, balance, overdueInvoices, country
  case recipientKind, recipientDomains, recipientCount, optedOut
  case template, links, length, attachments
  case fromStage, toStage, direction, idleDays
  case hour, weekday, holiday
  case toPartnerDay, toPartnerWeek, toPartnerMonth, toRecipientDay, byOrgHour, byOrgDay
  case byProposerHour, rejections, autoAmountDay
  case proposerKind, proposer, confidence, asksForPerson
  case delivery

  /// The row of the catalogue.
  public var row: PolicyFieldRow { PolicyFields.table[rawValue] }
  /// The name in files, such as `action.amount`.
  public var name: String { row.name }
  /// The type of its values.
  public var type: PolicyFieldType { row.type }

  /// The field of a name.
  public init?(name: String) {
    guard let field = PolicyFields.byName[name] else { return nil }
    self = field
  }

  /// Whether actions of a type have the field.
  public func exists(on type: ActionType) -> Bool { row.scope.contains(type) }
}

/// One row of the catalogue of fields.
public struct PolicyFieldRow: Sendable {
  /// The field.
  public let field: PolicyField
  /// The name in files.
  public let name: String
  /// The type of its values.
  public let type: PolicyFieldType
  /// Who determines its value.
  public let source: PolicyFieldSource
  /// The action types that have it.
  public let scope: Set<ActionType>
  /// The words for it in a sentence.
  public let phrase: String
  /// What it means, for people.
  public let meaning: String
}

extension ActionType {
  /// About an invoice or a deal, so that an amount belongs to it.
  static let withAmount = Set(
    allCases.filter { $0.subjectModel == "account.move" || $0.subjectModel == "crm.lead" })
  /// About invoices.
  static let aboutInvoices = Set(allCases.filter { $0.subjectModel == "account.move" })
  /// About a deal.
  static let aboutDeals = Set(allCases.filter { $0.subjectModel == "crm.lead" })
  /// Sending e-mail or SMS.
  static let messages = Set(allCases.filter { $0.operationType.effectType != nil })
}
