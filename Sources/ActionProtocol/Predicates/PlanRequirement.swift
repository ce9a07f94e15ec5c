/// One question that a revalidation plan must ask.
public enum PlanRequirement: Hashable, Sendable {
  /// The record can be read.
  case exists(RecordReference)
  /// The field has this very value.
  case equals(RecordReference, field: String, JSONValue)
  /// The field has one of these values, or of fewer.
  case within(RecordReference, field: String, [JSONValue])
  /// The field still has the value it had when the plan was made, whatever that was.
  case unchanged(RecordReference, field: String)
  /// Nothing was sent to the partner about the matter inside a window of at least so many minutes.
  case noDuplicate(PartnerID, context: String, minutes: Int)
  /// Now is inside a window for messages that is nowhere wider than the given one; nil where that is
  /// not known, and then any window will do.
  case quietHours(within: QuietHours?)

  /// Whether a predicate asks this question at least as strictly.
  public func isMet(by predicate: Predicate) -> Bool {
    switch (self, predicate) {
    case (.exists(let record), .recordExists(let asked)): record == asked
    case (.equals(let record, let field, let value), .fieldEquals(let asked, let name, let given)):
      record == asked && field == name && value == given
    case (.within(let record, let field, let values), .fieldIn(let asked, let name, let given)):
      record == asked && field == name && given.allSatisfy(values.contains)
    case (.within(let record, let field, let values), .fieldEquals(let asked, let name, let given)):
      record == asked && field == name && values.contains(given)
    case (.unchanged(let record, let field), .fieldEquals(let asked, let name, _)):
      record == asked && field == name
    case (
      .noDuplicate(let partner, let context, let least), .noDuplicateInWindow(let key, let given)
    ):
      key == Self.scopeKey(partner, context) && given >= least
    case (.quietHours(let widest), .quietHours(let given)):
      widest.map { given.isWithin($0) } ?? true
    default: false
    }
  }

  /// Whether its answer comes from a record; the others hold the action whatever their severity.
  var readsRecord: Bool {
    switch self {
    case .exists, .equals, .within, .unchanged: true
    case .noDuplicate, .quietHours: false
    }
  }

  /// The scope of a duplicate check: `partner_<id>:<context>`.
  static func scopeKey(_ partner: PartnerID, _ context: String) -> String {
    "partner_\(partner.rawValue):\(context)"
  }

  /// The question in words, for people.
  var words: String {
    switch self {
    case .exists(let record): "\(record.rawValue) still exists"
    case .equals(let record, let field, _): "\(field) of \(record.rawValue) is as it must be"
    case .within(let record, let field, _): "\(field) of \(record.rawValue) allows it"
    case .unchanged(let record, let field): "\(field) of \(record.rawValue) is unchanged"
    case .noDuplicate(let partner, let context, let minutes):
      "no other message went to partner \(partner.rawValue) about the same \(context) "
        + "inside \(minutes) minutes"
    case .quietHours: "the recipient's business hours are open"
    }
  }

  /// A name for the check that asks it.
  var checkID: String {
    switch self {
    case .exists(let record): "\(record.checkName)_exists"
    case .equals(let record, let field, _), .within(let record, let field, _),
      .unchanged(let record, let field):
      "\(record.checkName)_\(field)"
    case .noDuplicate(let partner, _, _): "partner_\(partner.rawValue)_no_duplicate"
    case .quietHours: "quiet_hours"
    }
  }
}

extension RecordReference {
  /// The record in the name of a check: `invoice_42` for the common models.
  fileprivate var checkName: String {
    let name =
      switch model {
      case "account.move": "invoice"
      case "crm.lead": "deal"
      case "project.task": "task"
      case "sale.order": "order"
      case AffectedRecords.partnerModel: "partner"
      default: String(model.map { $0 == "." ? "_" : $0 }.prefix(60))
      }
    return "\(name)_\(id)"
  }
}
