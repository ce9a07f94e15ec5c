import ActionProtocol
import Decisions
import Engine

/// The stages of calls: of one that was accepted at the first answer in its attempt (``StageLines``),
/// of others a row each.
extension SQLTransaction {
  func insert(_ stages: [StageRecord], org: OrgID, operation: OperationID) throws {
    guard let statement = Self.insertStages[stages.count] else { return }
    try sql.enqueue(statement, stageValues(stages, org, operation))
  }

  private func stageValues(
    _ stages: [StageRecord], _ org: OrgID, _ operation: OperationID
  ) -> [SQLValue] {
    var values = names(org, operation)
    for stage in stages {
      values += [
        .text(stage.stage.rawValue), .instant(stage.startedAt), .integer(stage.microseconds),
        .text(stage.result), .optional(stage.detail),
      ]
    }
    return values
  }

  /// One statement for so many stages, so that all of a call's are written at once.
  private static let insertStages: [Int: String] = {
    var statements: [Int: String] = [:]
    for count in 1...Stage.allCases.count {
      let rows = (0..<count).map { row in
        let own = (5 + 5 * row..<10 + 5 * row).map { "$\($0)" }.joined(separator: ", ")
        return "($1, $2, $3, $4, \(own))"
      }
      statements[count] = """
        INSERT INTO stages (org_id, action_id, revision, call, stage, started_at, microseconds,
          result, detail)
        VALUES \(rows.joined(separator: ", "))
        ON CONFLICT (org_id, action_id, revision, call, stage) DO NOTHING
        """
    }
    return statements
  }()

  func stages(_ org: OrgID, _ id: ActionID) throws -> [OperationStage] {
    let named: [SQLValue] = [.text(org.rawValue), .text(id.rawValue)]
    let together = try sql.all(
      """
      SELECT revision, call, stages FROM attempts
      WHERE org_id = $1 AND action_id = $2 AND stages IS NOT NULL
      """, named, stagesOfAttempt
    ).flatMap { $0 }
    // What was recorded with the call itself stands before what was found out about it later.
    let known = Set(together.map(Self.place))
    let rows = try sql.all(
      """
      SELECT revision, call, stage, started_at, microseconds, result, detail FROM stages
      WHERE org_id = $1 AND action_id = $2
      """, named, stage
    ).filter { !known.contains(Self.place($0)) }
    let order = Dictionary(uniqueKeysWithValues: Stage.allCases.enumerated().map { ($1, $0) })
    return (together + rows).sorted { left, right in
      (left.revision, left.call, order[left.stage.stage] ?? 0)
        < (right.revision, right.call, order[right.stage.stage] ?? 0)
    }
  }

  /// What is recorded once of a call.
  private static func place(_ stage: OperationStage) -> StagePlace {
    StagePlace(revision: stage.revision, call: stage.call, stage: stage.stage.stage)
  }

  private func stagesOfAttempt(_ row: any SQLRow) throws -> [OperationStage] {
    guard let stages = StageLines(row.text(2))?.stages else {
      throw StoreError(code: "corrupt", detail: "the stages of an attempt")
    }
    return stages.map {
      OperationStage(revision: Int(row.integer(0)), call: Int(row.integer(1)), stage: $0)
    }
  }

  private func stage(_ row: any SQLRow) throws -> OperationStage {
    guard let stage = Stage(rawValue: row.text(2)) else {
      throw StoreError(code: "corrupt", detail: "a stage's name")
    }
    return OperationStage(
      revision: Int(row.integer(0)), call: Int(row.integer(1)),
      stage: StageRecord(
        stage: stage, startedAt: row.instant(3), microseconds: row.integer(4),
        result: row.text(5), detail: row.optionalText(6)))
  }
}
