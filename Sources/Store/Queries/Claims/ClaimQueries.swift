import ActionProtocol
import Decisions
import Engine

extension SQLTransaction: ClaimReading {
  func claimLanes(
    _ org: OrgID?, in delivery: DeliveryMode, after: OrgID?, orgs: Int
  ) throws -> [ClaimLane] {
    let first = org?.rawValue ?? after.map { $0.rawValue + ClaimStatements.behind } ?? ""
    let last = org?.rawValue ?? ClaimStatements.end
    return try sql.all(
      ClaimStatements.lanes,
      [.text(delivery.rawValue), .text(first), .text(last), .integer(Int64(orgs))]
    ) { row in
      guard let org = OrgID(rawValue: row.text(0)),
        let operation = OperationType(rawValue: row.text(1)),
        let priority = ActionPriority(rawValue: Int(row.integer(2)))
      else { throw StoreError(code: "corrupt", detail: "a lane of the queue") }
      return ClaimLane(org: org, operation: operation, priority: priority)
    }
  }

  func due(
    _ lanes: [ClaimLane], in delivery: DeliveryMode, at now: Instant, limit: Int,
    without: Set<ActionID>
  ) throws -> [[ActionState]] {
    var states = [[ActionState]](repeating: [], count: lanes.count)
    let keys: [[SQLValue]] = lanes.map { lane in
      [
        .text(delivery.rawValue), .text(lane.org.rawValue), .text(lane.operation.rawValue),
        .integer(Int64(lane.priority.rawValue)), .integer(Int64(limit + without.count)),
        .instant(now),
      ]
    }
    let names = Set(without.map(\.rawValue))
    try sql.forEach(ClaimStatements.due, each: keys) { lane, row in
      if !names.isEmpty, names.contains(row.text(ActionColumns.idPlace)) { return }
      states[lane].append(try ActionColumns.state(row))
    }
    for lane in states.indices { states[lane].sort { $0.waitingSince < $1.waitingSince } }
    return states
  }

  func claimTerms(at now: Instant) throws -> [OrgID: ClaimTerms] {
    let slowStart = now.milliseconds - ChannelPause.slowStart.wholeMilliseconds
    var terms: [OrgID: ClaimTerms] = [:]
    try sql.forEach(
      ClaimStatements.terms, [.integer(slowStart), .integer(now.milliseconds * 1000)]
    ) { row in
      guard let org = OrgID(rawValue: row.text(0)) else { return }
      read(row, into: &terms[org, default: ClaimTerms()])
    }
    return terms
  }

  private func read(_ row: any SQLRow, into terms: inout ClaimTerms) {
    let channel = OutreachChannel(rawValue: row.text(2))
    switch row.text(1) {
    case "pause":
      guard let channel, let reason = HoldReason(rawValue: row.text(3)) else { return }
      terms.pauses[channel] = ChannelPause(
        reason, since: row.instant(5), until: row.instant(4))
    case "rate":
      if let channel { terms.arrivals[channel] = row.integer(4) }
    default:
      terms.limits.read(row.text(2), row.text(3))
    }
  }

  func lastPause(_ org: OrgID, _ channel: OutreachChannel) throws -> ChannelPause? {
    let found = try sql.first(
      "SELECT reason, since, until FROM channel_pauses WHERE org_id = $1 AND channel = $2",
      [.text(org.rawValue), .text(channel.rawValue)]
    ) { row in
      HoldReason(rawValue: row.text(0)).map {
        ChannelPause($0, since: row.instant(1), until: row.instant(2))
      }
    }
    return found ?? nil
  }

  func waiting(
    _ org: OrgID, in delivery: DeliveryMode, at now: Instant
  ) throws -> [OperationType: Int] {
    let counts = try sql.all(
      ClaimStatements.waiting,
      [.text(delivery.rawValue), .text(org.rawValue), .instant(now)]
    ) { (OperationType(rawValue: $0.text(0)), Int($0.integer(1))) }
    return counts.reduce(into: [:]) { counts, row in
      if let operation = row.0 { counts[operation] = row.1 }
    }
  }
}

extension SQLTransaction: ClaimWriting {
  /// One statement where there is room, atomic on both databases.
  func take(
    _ rate: ChannelRate, _ org: OrgID, _ channel: OutreachChannel
  ) throws -> Instant? {
    let lane: [SQLValue] = [.text(org.rawValue), .text(channel.rawValue)]
    try sql.execute(ClaimStatements.openBucket, lane)
    let micros = now.milliseconds * 1000
    let latest = micros + Int64(rate.burst - 1) * rate.interval
    let taken = try sql.execute(
      ClaimStatements.takeToken,
      [.integer(micros), .integer(rate.interval)] + lane + [.integer(latest)])
    if taken == 1 { return nil }
    let arrival = try sql.first(ClaimStatements.bucket, lane) { $0.integer(0) } ?? 0
    guard case .wait(let until) = rate.take(arrival: arrival, now: now) else { return now }
    return until
  }

  func prioritize(_ org: OrgID, _ id: ActionID, _ priority: ActionPriority) throws -> Bool {
    try sql.execute(
      """
      UPDATE actions SET priority = $1
      WHERE org_id = $2 AND action_id = $3
        AND status IN ('pending_approval', 'approved', 'executing')
      """, [.integer(Int64(priority.rawValue)), .text(org.rawValue), .text(id.rawValue)]) == 1
  }
}
