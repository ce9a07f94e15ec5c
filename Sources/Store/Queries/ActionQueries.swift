import ActionProtocol
import Decisions
import Engine

extension SQLTransaction {
  func action(_ org: OrgID, _ id: ActionID) throws -> ActionState? {
    try sql.first(
      Self.selectAction, [.text(org.rawValue), .text(id.rawValue)], ActionColumns.state)
  }

  func actions(_ org: OrgID, _ ids: [ActionID]) throws -> [ActionState?] {
    try sql.firsts(
      Self.selectAction, each: ids.map { [.text(org.rawValue), .text($0.rawValue)] },
      ActionColumns.state)
  }

  private static let selectAction = ActionColumns.select + " WHERE org_id = $1 AND action_id = $2"

  func actions(_ org: OrgID, idPrefix: String) throws -> [ActionState] {
    try sql.all(
      ActionColumns.select
        + """
         WHERE org_id = $1 AND action_id >= $2 AND action_id < $3
        ORDER BY action_id LIMIT 2
        """,
      [.text(org.rawValue), .text(idPrefix), .text(idPrefix + "\u{10FFFF}")], ActionColumns.state)
  }

  func actions(_ org: OrgID, _ filter: ActionFilter) throws -> [ActionState] {
    let wanted = filter.statuses.isEmpty ? ActionStatus.allCases : filter.statuses
    var found: [ActionState] = []
    for status in wanted {
      found += try sql.all(
        ActionColumns.select
          + """
           WHERE org_id = $1 AND status = $2 AND ($3 = 0 OR partner_id = $3)
            AND (created_at, action_id) < ($4, $5)
          ORDER BY created_at DESC, action_id DESC LIMIT $6
          """,
        [
          .text(org.rawValue), .text(status.rawValue), .integer(filter.partner?.rawValue ?? 0),
          .integer(filter.before?.createdAt.milliseconds ?? ActionColumns.never),
          .text(filter.before?.action.rawValue ?? ""), .integer(Int64(filter.limit)),
        ], ActionColumns.state)
    }
    let sorted = found.sorted { ($0.createdAt, $0.id.rawValue) > ($1.createdAt, $1.id.rawValue) }
    return Array(sorted.prefix(filter.limit))
  }

  func actionCounts(_ org: OrgID) throws -> [ActionStatus: Int] {
    let rows = try sql.all(
      "SELECT status, COUNT(*) FROM actions WHERE org_id = $1 GROUP BY status",
      [.text(org.rawValue)]
    ) { (ActionStatus(rawValue: $0.text(0)), Int($0.integer(1))) }
    return rows.reduce(into: [:]) { counts, row in
      if let status = row.0 { counts[status] = row.1 }
    }
  }

  func action(
    _ org: OrgID, key: IdempotencyKey, in delivery: DeliveryMode
  ) throws -> ActionState? {
    // One that holds the key, and the newest of those that gave it back: an index each.
    try [
      ActionColumns.select
        + """
         WHERE org_id = $1 AND delivery = $2 AND idempotency_key = $3 AND holds_key = 1
        LIMIT 1
        """,
      ActionColumns.select
        + """
         WHERE org_id = $1 AND delivery = $2 AND idempotency_key = $3 AND holds_key = 0
        ORDER BY created_at DESC, action_id DESC LIMIT 1
        """,
    ].compactMap {
      try sql.first(
        $0, [.text(org.rawValue), .text(delivery.rawValue), .text(key.rawValue)],
        ActionColumns.state)
    }.max { ($0.createdAt, $0.id.rawValue) < ($1.createdAt, $1.id.rawValue) }
  }

  func isTaken(_ id: ActionID) throws -> Bool {
    try sql.first("SELECT 1 FROM actions WHERE action_id = $1 LIMIT 1", [.text(id.rawValue)]) {
      $0.integer(0)
    } != nil
  }

  func liveAction(
    _ org: OrgID, _ type: ActionType, on records: [RecordReference], in delivery: DeliveryMode
  ) throws -> ActionState? {
    for record in records {
      let id = try sql.first(
        """
        SELECT action_id FROM live_records
        WHERE org_id = $1 AND delivery = $2 AND action_type = $3 AND model = $4
          AND record_id = $5
        """,
        [
          .text(org.rawValue), .text(delivery.rawValue), .text(type.rawValue),
          .text(record.model), .integer(record.id),
        ]
      ) { $0.text(0) }
      if let id, let id = ActionID(rawValue: id) { return try action(org, id) }
    }
    return nil
  }

  func due(
    _ org: OrgID?, ids: [ActionID]?, in delivery: DeliveryMode, at now: Instant, limit: Int
  ) throws -> [Candidate] {
    let states =
      if let ids {
        try due(
          ids, of: org.map { [$0] } ?? organisations().map(\.id), in: delivery, at: now,
          limit: limit)
      } else {
        try due(org, in: delivery, at: now, limit: limit)
      }
    return zip(states, try revisions(of: states)).compactMap { state, revision in
      revision.map { Candidate(state: state, revision: $0) }
    }
  }

  private func due(
    _ org: OrgID?, in delivery: DeliveryMode, at now: Instant, limit: Int
  ) throws -> [ActionState] {
    try sql.all(
      ActionColumns.select
        + """
         WHERE status = 'approved' AND delivery = $1 AND hold_until <= $2
          AND ($3 = '' OR org_id = $3)
        ORDER BY hold_until, action_id LIMIT $4
        """,
      [
        .text(delivery.rawValue), .instant(now), .text(org?.rawValue ?? ""),
        .integer(Int64(limit)),
      ], ActionColumns.state)
  }

  /// Those that are held do not use up the places of those behind them.
  private func due(
    _ ids: [ActionID], of orgs: [OrgID], in delivery: DeliveryMode, at now: Instant, limit: Int
  ) throws -> [ActionState] {
    var states: [ActionState] = []
    for org in orgs {
      for id in ids where states.count < limit {
        if let state = try action(org, id), state.delivery == delivery, state.isDue(at: now) {
          states.append(state)
        }
      }
    }
    return states
  }

  func overdue(at now: Instant, limit: Int) throws -> [ActionState] {
    let pending = try sql.all(
      ActionColumns.select
        + " WHERE status = 'pending_approval' AND expires_at <= $1 ORDER BY expires_at LIMIT $2",
      [.instant(now), .integer(Int64(limit))], ActionColumns.state)
    let approved = try sql.all(
      ActionColumns.select
        + " WHERE status = 'approved' AND execute_by <= $1 ORDER BY execute_by LIMIT $2",
      [.instant(now), .integer(Int64(limit))], ActionColumns.state)
    return pending + approved
  }

  func nextWake(_ org: OrgID?, after now: Instant) throws -> Instant? {
    let held = try sql.first(
      """
      SELECT MIN(hold_until) FROM actions
      WHERE status = 'approved' AND hold_until > $1 AND hold_until < $2
        AND ($3 = '' OR org_id = $3)
      """,
      [.instant(now), .integer(ActionColumns.never), .text(org?.rawValue ?? "")]
    ) { $0.optionalInstant(0) }
    let timer = try sql.first(
      "SELECT MIN(due) FROM timers WHERE $1 = '' OR org_id = $1", [.text(org?.rawValue ?? "")]
    ) { $0.optionalInstant(0) }
    return [held ?? nil, timer ?? nil].compactMap { $0 }.min()
  }
}

extension SQLTransaction {
  func insert(
    _ state: ActionState, _ revision: RevisionRecord, records: [RecordReference]
  ) throws {
    try sql.execute(ActionColumns.insert, ActionColumns.values(state))
    try insert(revision, org: state.org, of: state.id)
    try insertLiveRecords(state, records)
  }

  func replaceLiveRecords(of state: ActionState, records: [RecordReference]) throws {
    try removeLiveRecords(state.org, state.id)
    try insertLiveRecords(state, records)
  }

  private func insertLiveRecords(_ state: ActionState, _ records: [RecordReference]) throws {
    for record in records {
      try sql.execute(
        """
        INSERT INTO live_records (org_id, delivery, action_type, model, record_id, action_id)
        VALUES ($1, $2, $3, $4, $5, $6)
        """,
        [
          .text(state.org.rawValue), .text(state.delivery.rawValue), .text(state.type.rawValue),
          .text(record.model), .integer(record.id), .text(state.id.rawValue),
        ])
    }
  }

  private func removeLiveRecords(_ org: OrgID, _ id: ActionID) throws {
    try removeLiveRecords(of: [(org, id)])
  }

  func removeLiveRecords(of actions: [(OrgID, ActionID)]) throws {
    try sql.enqueue(
      "DELETE FROM live_records WHERE org_id = $1 AND action_id = $2",
      each: actions.map { [.text($0.rawValue), .text($1.rawValue)] })
  }

  func save(_ state: ActionState, replacing old: ActionVersion) throws -> Bool {
    let changed = try sql.execute(
      ActionColumns.update(from: old.status),
      ActionColumns.updated(state) + ActionColumns.condition(state, old))
    guard changed == 1 else { return false }
    if !state.status.isLive { try removeLiveRecords(state.org, state.id) }
    return true
  }

  func recheck(_ org: OrgID, partners: [PartnerID]?) throws -> Int {
    guard let partners else { return try recheck(org, partner: 0) }
    return try partners.reduce(0) { try $0 + recheck(org, partner: $1.rawValue) }
  }

  private func recheck(_ org: OrgID, partner: Int64) throws -> Int {
    try sql.execute(
      """
      UPDATE actions SET hold_until = $1
      WHERE org_id = $2 AND status = 'approved' AND hold_until > $1
        AND ($3 = 0 OR partner_id = $3)
        AND hold_reason IN ('cool_down', 'quiet_hours', 'send_window', 'stale_facts', 'cannot_tell')
      """, [.instant(now), .text(org.rawValue), .integer(partner)])
  }

  func releaseHolds(_ org: OrgID, _ reason: HoldReason) throws -> Int {
    try sql.execute(
      """
      UPDATE actions SET hold_reason = NULL, hold_until = 0
      WHERE org_id = $1 AND hold_reason = $2 AND status = 'approved'
      """, [.text(org.rawValue), .text(reason.rawValue)])
  }
}
