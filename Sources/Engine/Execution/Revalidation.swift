import ActionProtocol
import Decisions

/// Stage 3: asks the books again, inside the intent's transaction; books outside were read just before
/// it, and their answers are judged here.
struct Revalidation {
  /// What the checks say together.
  enum Verdict {
    case pass
    /// A check with severity `block` does not hold.
    case blocked(check: String)
    /// A check with severity `require_reapproval` does not hold; the plan with what was found.
    case reapproval(check: String, plan: [RevalidationCheck])
    case cannotTell(check: String, reason: String)
    /// Somebody said meanwhile that one of the invoices is not asked for: the id of the hold.
    case onHold(String)
  }

  let store: any StoreReading
  let maximumAge: Duration
  /// The records, where they were read ahead for a whole batch; nil: each is read when it is needed.
  var records: [OrgRecord: LedgerRecord]?
  /// What the org's books outside said just now; nil: its books are the embedded ledger.
  var outside: LiveReading?
  /// Whether people's holds of collections bind the action.
  var asksForMoney = false

  init(
    store: any StoreReading, maximumAge: Duration, records: [OrgRecord: LedgerRecord]? = nil,
    of type: ActionType
  ) {
    (self.store, self.maximumAge, self.records) = (store, maximumAge, records)
    asksForMoney = type.asksForMoney
  }

  /// Evaluates every check that looks at a record, each record read once.
  func evaluate(_ plan: [RevalidationCheck], org: OrgID) throws -> Verdict {
    var answers: [RecordReference: RecordAnswer] = [:]
    var unclear: (String, String)?
    var reapproval: String?
    var refreshed = plan
    for (index, check) in plan.enumerated() {
      guard let record = check.predicate.record else { continue }
      let answer = try answers[record] ?? read(record, org)
      answers[record] = answer
      if asksForMoney, let hold = answer.hold { return .onHold(hold) }
      let result = RecordPredicates.evaluate(
        check.predicate, answer: answer, now: store.now, maximumAge: maximumAge)
      switch result {
      case .fail(let found) where check.severity == .requireReapproval:
        reapproval = reapproval ?? check.checkID
        if case .found = answer { refreshed[index].predicate = check.predicate.expecting(found) }
      case .fail:
        return .blocked(check: check.checkID)
      case .cannotTell(let reason):
        unclear = unclear ?? (check.checkID, reason)
      case .pass, .holdUntil, nil:
        continue
      }
    }
    if let unclear { return .cannotTell(check: unclear.0, reason: unclear.1) }
    if let reapproval { return .reapproval(check: reapproval, plan: refreshed) }
    return .pass
  }

  private func read(_ record: RecordReference, _ org: OrgID) throws -> RecordAnswer {
    if let outside { return try read(record, org, in: outside) }
    let found = try records.map { $0[OrgRecord(org, record)] } ?? store.record(org, record)
    guard let found else { return .missing }
    return .found(RecordFacts(fields: found.fields, asOf: found.asOf))
  }

  /// The live record, with what AIOM itself knows of it.
  private func read(
    _ record: RecordReference, _ org: OrgID, in outside: LiveReading
  ) throws -> RecordAnswer {
    switch outside.answers[record] {
    case nil: return .unavailable(code: "odoo_not_read")
    case .missing?: return .missing
    case .unavailable(let problem)?: return .unavailable(code: problem.code)
    case .found(var fields)?:
      let own = try store.record(org, record)?.fields
      fields[LedgerRecord.holdField] = own?[LedgerRecord.holdField] ?? .bool(false)
      if fields[Self.disputed] != .bool(true) {
        fields[Self.disputed] = own?[Self.disputed] ?? .bool(false)
      }
      return .found(RecordFacts(fields: fields, asOf: store.now))
    }
  }

  /// A dispute that was told to AIOM, or that a customer's tag means: no field of Odoo's.
  static let disputed = "aiom_disputed"
}

extension RecordAnswer {
  /// The id of the hold of collections that binds the record.
  fileprivate var hold: String? {
    guard case .found(let facts) = self else { return nil }
    return facts.fields[LedgerRecord.holdField]?.stringValue
  }
}

extension ActionType {
  /// Whether a customer is asked to pay.
  public var asksForMoney: Bool { self == .sendInvoiceReminder }
}

extension Predicate {
  /// The same check, expecting what the books say now.
  ///
  /// An address is never adopted: the message would still go to the old one, and the plan would vouch
  /// for it. Such a check goes on failing until a person edits the recipient.
  func expecting(_ found: JSONValue) -> Predicate {
    switch self {
    case .fieldEquals(_, field: "email", _), .fieldEquals(_, field: "phone", _):
      self
    case .fieldEquals(let record, let field, _):
      .fieldEquals(record, field: field, expected: found)
    case .fieldIn(let record, let field, let values):
      .fieldIn(record, field: field, values + [found])
    case .recordExists, .noDuplicateInWindow, .quietHours:
      self
    }
  }
}
