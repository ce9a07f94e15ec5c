import ActionProtocol
import Decisions
import Engine

/// The state columns of an action, in one order for reading and writing.
///
/// `hold_until` is never NULL: 0 means nothing holds the action, ``never`` that no instant ends the
/// hold. So one index answers "what is due".
enum ActionColumns {
  /// Beyond every instant: a hold that only an event ends.
  static let never: Int64 = 9_000_000_000_000_000

  private static let fixed = [
    "org_id", "action_id", "action_type", "operation", "idempotency_key", "created_by",
    "created_at",
  ]

  /// Where the action's id stands in a row of ``select``.
  static let idPlace = 1

  private static let changing = [
    "risk", "status", "hold_reason", "hold_until", "revision", "digest", "proposal_digest",
    "partner_id", "title", "expires_at", "execute_by", "approved_by", "approved_at",
    "approved_delivery", "rejected_by", "rejected_at", "rejection_reason", "quiet_until",
    "claim_boot", "claim_token", "last_token", "attempts", "calls", "provider_id", "error_code",
    "error_message", "warnings", "executed_at", "duration_ms", "facts", "facts_confirmed",
  ]

  /// Changing as well, but added later: behind ``fixedLater``.
  private static let changingLater = ["approved_digest", "approved_policy"]

  /// Written once as well, but added later: at the end, where they move no other column. The priority
  /// is changed by a statement of its own.
  private static let fixedLater = ["delivery", "priority"]

  private static let all = fixed + changing + fixedLater + changingLater

  static let select = "SELECT \(all.joined(separator: ", ")) FROM actions"

  static let insert: String = {
    let written = all + [holdsKey]
    let places = written.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
    return "INSERT INTO actions (\(written.joined(separator: ", "))) VALUES (\(places))"
  }()

  /// Follows from the others and is only written: what the unique index of keys goes by.
  private static let holdsKey = "holds_key"

  /// Replaces all changing columns of an action that has a status.
  static func update(from status: ActionStatus) -> String { updates[status] ?? "" }

  /// The old status is part of the text. As a parameter it would decide whether a partial index fits,
  /// and SQLite would prepare the statement anew at every call.
  private static let updates: [ActionStatus: String] = {
    let written = changing + changingLater + [holdsKey]
    let count = written.count
    let sets = written.enumerated().map { "\($1) = $\($0 + 1)" }.joined(separator: ", ")
    let texts = ActionStatus.allCases.map { status in
      """
      UPDATE actions SET \(sets)
      WHERE org_id = $\(count + 1) AND action_id = $\(count + 2) AND status = '\(status.rawValue)'
        AND revision = $\(count + 3) AND digest = $\(count + 4) AND last_token = $\(count + 5)
      """
    }
    return Dictionary(uniqueKeysWithValues: zip(ActionStatus.allCases, texts))
  }()

  static func values(_ state: ActionState) -> [SQLValue] {
    [
      .text(state.org.rawValue), .text(state.id.rawValue), .text(state.type.rawValue),
      .text(state.operation.rawValue), .text(state.key.rawValue),
      .text(state.createdBy.rawValue), .instant(state.createdAt),
    ] + changes(state) + [
      .text(state.delivery.rawValue), .integer(Int64(state.priority.rawValue)),
    ] + laterChanges(state) + [.flag(holdsKey(state))]
  }

  /// A key is taken while its action lives or was completed, and for ever once an intent was written;
  /// one that ended before any intent gives it back.
  private static func holdsKey(_ state: ActionState) -> Bool {
    state.status.isLive || state.status == .completed || state.calls > 0
  }

  /// The values of ``update(from:)``, before those of ``condition(_:_:)``.
  static func updated(_ state: ActionState) -> [SQLValue] {
    changes(state) + laterChanges(state) + [.flag(holdsKey(state))]
  }

  private static func laterChanges(_ state: ActionState) -> [SQLValue] {
    [.optional(state.approval?.digest?.hex), .optional(state.approval?.policy)]
  }

  private static func changes(_ state: ActionState) -> [SQLValue] {
    [
      .text(state.risk.rawValue), .text(state.status.rawValue),
      .optional(state.hold?.reason.rawValue), .integer(holdUntil(state.hold)),
      .integer(Int64(state.revision)), .text(state.digest.hex), .text(state.proposalDigest.hex),
      .optional(state.partner?.rawValue), .text(state.title), .instant(state.expiresAt),
      .optional(state.executeBy), .optional(state.approval?.by.rawValue),
      .optional(state.approval?.at), .optional(state.approval?.delivery.rawValue),
      .optional(state.rejection?.by.rawValue), .optional(state.rejection?.at),
      .optional(state.rejection?.reason), .optional(state.rejection?.quietUntil),
      .optional(state.claim?.boot.rawValue), .optional(state.claim?.token),
      .integer(state.lastToken), .integer(Int64(state.attempts)), .integer(Int64(state.calls)),
      .optional(state.providerID), .optional(state.errorCode), .optional(state.errorMessage),
      .optional(warnings(state.warnings)),
      .optional(state.executedAt), .optional(state.durationMilliseconds), .optional(state.facts),
      .flag(state.factsConfirmed),
    ]
  }

  static func condition(_ state: ActionState, _ old: ActionVersion) -> [SQLValue] {
    [
      .text(state.org.rawValue), .text(state.id.rawValue), .integer(Int64(old.revision)),
      .text(old.digest.hex), .integer(old.token),
    ]
  }

  static func state(_ row: any SQLRow) throws -> ActionState {
    guard let org = OrgID(rawValue: row.text(0)), let id = ActionID(rawValue: row.text(idPlace)),
      let type = ActionType(rawValue: row.text(2)),
      let operation = OperationType(rawValue: row.text(3)),
      let key = IdempotencyKey(rawValue: row.text(4)), let creator = Author(rawValue: row.text(5)),
      let risk = RiskLevel(rawValue: row.text(7)), let status = ActionStatus(rawValue: row.text(8)),
      let digest = Digest(hex: row.text(12)), let proposalDigest = Digest(hex: row.text(13)),
      let delivery = DeliveryMode(rawValue: row.text(38)),
      let priority = ActionPriority(rawValue: Int(row.integer(39)))
    else { throw StoreError(code: "corrupt", detail: "a state column of an action") }
    var state = ActionState(
      org: org, id: id, type: type, operation: operation, risk: risk, status: status,
      revision: Int(row.integer(11)), digest: digest, proposalDigest: proposalDigest, key: key,
      partner: row.optionalInteger(14).flatMap { PartnerID(rawValue: $0) }, title: row.text(15),
      createdBy: creator, createdAt: row.instant(6), expiresAt: row.instant(16),
      facts: row.optionalText(36), delivery: delivery)
    state.priority = priority
    try readDecisions(row, into: &state)
    try readExecution(row, into: &state)
    return state
  }

  private static func readDecisions(_ row: any SQLRow, into state: inout ActionState) throws {
    state.hold = hold(row)
    state.executeBy = row.optionalInstant(17)
    if let by = row.optionalText(18).flatMap({ Author(rawValue: $0) }),
      let at = row.optionalInstant(19)
    {
      let delivery = DeliveryMode(rawValue: row.text(20)) ?? .sandbox
      state.approval = ApprovalRecord(
        by: by, at: at, delivery: delivery,
        digest: row.optionalText(40).flatMap { Digest(hex: $0) }, policy: row.optionalInteger(41))
    }
    if let by = row.optionalText(21).flatMap({ Author(rawValue: $0) }),
      let at = row.optionalInstant(22)
    {
      state.rejection = RejectionRecord(
        by: by, at: at, reason: row.text(23), quietUntil: row.optionalInstant(24))
    }
  }

  private static func readExecution(_ row: any SQLRow, into state: inout ActionState) throws {
    if let boot = row.optionalText(25), let token = row.optionalInteger(26) {
      state.claim = Claim(boot: BootID(boot), token: token)
    }
    state.lastToken = row.integer(27)
    state.attempts = Int(row.integer(28))
    state.calls = Int(row.integer(29))
    state.providerID = row.optionalText(30)
    state.errorCode = row.optionalText(31)
    state.errorMessage = row.optionalText(32)
    state.warnings = try warnings(row.optionalText(33))
    state.executedAt = row.optionalInstant(34)
    state.durationMilliseconds = row.optionalInteger(35)
    state.factsConfirmed = row.flag(37)
  }

  /// Warnings are a provider's words and may have line ends: they are kept as a JSON array.
  static func warnings(_ warnings: [String]) -> String? {
    guard !warnings.isEmpty else { return nil }
    return CanonicalJSON.text(.array(warnings.map { .string($0) }))
  }

  private static func warnings(_ text: String?) throws -> [String] {
    guard let text else { return [] }
    guard case .success(.array(let items)) = JSONReader.read(Array(text.utf8)) else {
      throw StoreError(code: "corrupt", detail: "the warnings of an action")
    }
    return items.compactMap(\.stringValue)
  }

  private static func hold(_ row: any SQLRow) -> Hold? {
    guard let reason = row.optionalText(9).flatMap({ HoldReason(rawValue: $0) }) else {
      return nil
    }
    let until = row.integer(10)
    return Hold(reason: reason, until: until >= never ? nil : Instant(milliseconds: until))
  }

  static func holdUntil(_ hold: Hold?) -> Int64 {
    guard let hold else { return 0 }
    return hold.until?.milliseconds ?? never
  }
}
