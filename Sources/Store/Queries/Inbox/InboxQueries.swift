import ActionProtocol
import Decisions
import Engine

extension SQLTransaction {
  func inbox(_ org: OrgID, _ filter: InboxFilter) throws -> [ActionState] {
    // Parameters that leave out a condition would cost the plan its index; the text goes by what is
    // asked, in 64 shapes at the most.
    var conditions = ["org_id = $1", "status = 'pending_approval'"]
    var values: [SQLValue] = [.text(org.rawValue)]
    func add(_ condition: (Int) -> String, _ value: SQLValue...) {
      conditions.append(condition(values.count + 1))
      values += value
    }
    let isNewest = filter.order == .newest
    if let before = filter.before {
      add(
        { "(created_at, action_id) \(isNewest ? "<" : ">") ($\($0), $\($0 + 1))" },
        .instant(before.createdAt),
        .text(before.action.rawValue))
    }
    if let type = filter.type { add({ "action_type = $\($0)" }, .text(type.rawValue)) }
    if let partner = filter.partner { add({ "partner_id = $\($0)" }, .integer(partner.rawValue)) }
    if !filter.includesSnoozed {
      add({ "NOT EXISTS (\(Self.mark) AND m.snoozed_until > $\($0))" }, .instant(now))
    }
    if let person = filter.assignedTo {
      add(
        { "EXISTS (\(Self.anyMark) AND m.assigned_to = $\($0))" }, .text(person.rawValue))
    }
    let direction = isNewest ? "DESC" : "ASC"
    return try sql.all(
      ActionColumns.select
        + """
         WHERE \(conditions.joined(separator: " AND "))
        ORDER BY created_at \(direction), action_id \(direction) LIMIT $\(values.count + 1)
        """, values + [.integer(Int64(filter.limit))], ActionColumns.state)
  }

  private static let anyMark = """
    SELECT 1 FROM inbox_marks m
    WHERE m.org_id = actions.org_id AND m.action_id = actions.action_id
    """

  /// What was snoozed is seen again when it becomes another revision.
  private static let mark = anyMark + " AND m.revision = actions.revision"

  static let undoable =
    ActionColumns.select
      + """
       WHERE org_id = $1 AND status = 'approved' AND hold_reason = 'undo_window'
        AND hold_until > $2 ORDER BY hold_until, action_id LIMIT $3
      """

  func undoable(_ org: OrgID, limit: Int) throws -> [ActionState] {
    try sql.all(
      Self.undoable, [.text(org.rawValue), .instant(now), .integer(Int64(limit))],
      ActionColumns.state)
  }

  func inboxCount(_ org: OrgID) throws -> Int {
    let count = try sql.first(
      """
      SELECT COUNT(*) FROM actions
      WHERE org_id = $1 AND status = 'pending_approval'
        AND NOT EXISTS (\(Self.mark) AND m.snoozed_until > $2)
      """, [.text(org.rawValue), .instant(now)]
    ) { Int($0.integer(0)) }
    return count ?? 0
  }

  func inboxMark(_ org: OrgID, _ action: ActionID) throws -> InboxMark? {
    try inboxMarks(org, [action])[action]
  }

  func inboxMarks(_ org: OrgID, _ actions: [ActionID]) throws -> [ActionID: InboxMark] {
    let found = try sql.firsts(
      """
      SELECT action_id, revision, snoozed_until, assigned_to, has_question FROM inbox_marks
      WHERE org_id = $1 AND action_id = $2
      """, each: actions.map { [.text(org.rawValue), .text($0.rawValue)] }
    ) { row in
      guard let action = ActionID(rawValue: row.text(0)) else {
        throw StoreError(code: "corrupt", detail: "the action of a mark")
      }
      return InboxMark(
        org: org, action: action, revision: Int(row.integer(1)),
        snoozedUntil: row.optionalInstant(2),
        assignedTo: row.optionalText(3).flatMap(PersonID.init(rawValue:)),
        hasQuestion: row.integer(4) == 1)
    }
    return Dictionary(uniqueKeysWithValues: found.compactMap { $0.map { ($0.action, $0) } })
  }

  func save(_ mark: InboxMark) throws {
    try sql.execute(
      """
      INSERT INTO inbox_marks
        (org_id, action_id, revision, snoozed_until, assigned_to, has_question)
      VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT (org_id, action_id) DO UPDATE SET revision = excluded.revision,
        snoozed_until = excluded.snoozed_until, assigned_to = excluded.assigned_to,
        has_question = excluded.has_question
      """,
      [
        .text(mark.org.rawValue), .text(mark.action.rawValue), .integer(Int64(mark.revision)),
        .optional(mark.snoozedUntil), .optional(mark.assignedTo?.rawValue),
        .integer(mark.hasQuestion ? 1 : 0),
      ])
  }
}

extension SQLTransaction {
  func remarks(_ org: OrgID, _ action: ActionID) throws -> [ActionRemark] {
    try sql.all(
      """
      SELECT number, kind, by_whom, for_whom, words, revision, at FROM remarks
      WHERE org_id = $1 AND action_id = $2 ORDER BY number
      """, [.text(org.rawValue), .text(action.rawValue)]
    ) { row in
      guard let kind = ActionRemark.Kind(rawValue: row.text(1)),
        let by = Author(rawValue: row.text(2))
      else { throw StoreError(code: "corrupt", detail: "a remark") }
      return ActionRemark(
        org: org, action: action, number: Int(row.integer(0)), kind: kind, by: by,
        to: row.optionalText(3).flatMap(Author.init(rawValue:)), text: row.text(4),
        revision: Int(row.integer(5)), at: row.instant(6))
    }
  }

  func insert(_ remark: ActionRemark) throws {
    try sql.execute(
      """
      INSERT INTO remarks
        (org_id, action_id, number, kind, by_whom, for_whom, words, revision, at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      """,
      [
        .text(remark.org.rawValue), .text(remark.action.rawValue),
        .integer(Int64(remark.number)), .text(remark.kind.rawValue), .text(remark.by.rawValue),
        .optional(remark.to?.rawValue), .text(remark.text), .integer(Int64(remark.revision)),
        .instant(remark.at),
      ])
  }

  func decisionTraces(_ org: OrgID, since: Instant, limit: Int) throws -> [DecisionTrace] {
    try sql.all(
      """
      SELECT person, word, together, considered_ms FROM approval_entries
      WHERE org_id = $1 AND at >= $2 ORDER BY at DESC, request_id LIMIT $3
      """, [.text(org.rawValue), .instant(since), .integer(Int64(limit))]
    ) { row in
      guard let person = Author(rawValue: row.text(0)),
        let word = ApprovalEntry.Word(rawValue: row.text(1))
      else { throw StoreError(code: "corrupt", detail: "an entry of a request") }
      return DecisionTrace(
        person: person, word: word, together: Int(row.integer(2)),
        considered: row.optionalInteger(3).map { .milliseconds($0) })
    }
  }
}
