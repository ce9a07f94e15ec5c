import ActionProtocol
import Addressing
import Testing

/// Random valid proposals, typed.
struct ProposalGenerator {
  var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func proposal() throws -> Proposal {
    let operation = try operation()
    let type = operation.actionType
    let risks = RiskLevel.allCases.filter { $0 >= type.defaultRisk }
    return Proposal(
      actionID: random.chance(50) ? ActionID(rawValue: "act-" + digits(12)) : nil,
      orgID: try #require(OrgID(rawValue: line(1...100))), operation: operation,
      riskLevel: random.maybe { $0.pick(risks) }, requiresApproval: random.maybe { $0.chance(50) },
      channels: random.pick([[.inApp], [.email, .sms], ApprovalChannel.allCases]),
      expiresAt: random.maybe { Instant(milliseconds: Int64($0.int(0...2_000_000_000_000))) },
      idempotencyKey: random.chance(50) ? IdempotencyKey(rawValue: line(1...200)) : nil,
      analysisID: random.chance(50) ? line(1...200) : nil,
      expectedEffect: prose(10...600), reasoning: prose(10...2000),
      affectedRecords: affectedRecords(), proposedChanges: changes(),
      revalidationPlan: try plan(), estimatedImpact: random.chance(50) ? try impact() : nil,
      rollbackStrategy: random.maybe { $0.pick(operation.operationType.rollbackStrategies) },
      metadata: random.chance(40) ? object(depth: 2) : JSONObject())
  }

  // MARK: Text

  private static let alphabet = Array(
    "abcdefghij KLMNOP-_./0123456789äß漢字é🙂\u{301}\"\\<&".unicodeScalars)

  mutating func line(_ length: ClosedRange<Int>) -> String { text(length, Self.alphabet) }

  mutating func prose(_ length: ClosedRange<Int>) -> String {
    text(length, Self.alphabet + ["\n", "\t", "\u{2028}"])
  }

  mutating func text(_ length: ClosedRange<Int>, _ alphabet: [Unicode.Scalar]) -> String {
    let edges = [length.lowerBound, length.upperBound, min(length.upperBound, 40)]
    let count = random.chance(15) ? random.pick(edges) : random.int(length.lowerBound...edges[2])
    var text = String.UnicodeScalarView()
    for _ in 0..<count { text.append(random.pick(alphabet)) }
    return String(text)
  }

  mutating func digits(_ count: Int) -> String {
    (0..<count).map { _ in String(random.int(0...9)) }.joined()
  }

  mutating func id() -> Int64 { Int64(random.int(1...100_000)) }

  // MARK: JSON

  mutating func value(depth: Int) -> JSONValue {
    switch random.int(0...(depth > 0 ? 7 : 5)) {
    case 0: .null
    case 1: .bool(random.chance(50))
    case 2: .integer(Int64(random.int(-9_007_199_254_740_991...9_007_199_254_740_991)))
    case 3: .integer(Int64(random.int(-3...3)))
    case 4: .number(Double(random.int(-1_000_000...1_000_000)) / Double(random.int(3...7919)))
    case 5: .string(line(0...12))
    case 6: .array((0..<random.int(0...3)).map { _ in value(depth: depth - 1) })
    default: .object(object(depth: depth - 1))
    }
  }

  mutating func object(depth: Int) -> JSONObject {
    var object = JSONObject()
    for _ in 0..<random.int(0...4) { object[line(0...8)] = value(depth: depth) }
    return object
  }

  // MARK: Parts

  private mutating func affectedRecords() -> AffectedRecords {
    let ids = Set(random.list(1...5) { Int64($0.int(1...999)) })
    return AffectedRecords(
      model: "account.move", ids: ids.sorted(),
      partnerID: random.chance(50) ? PartnerID(rawValue: id()) : nil,
      partnerName: random.chance(50) ? line(1...200) : nil,
      recordName: random.chance(50) ? line(1...200) : nil)
  }

  private mutating func changes() -> [ProposedChange] {
    (0..<random.int(0...2)).compactMap { _ in
      let before = value(depth: 1)
      let after = value(depth: 1)
      return before == after
        ? nil
        : ProposedChange(
          path: "crm.lead.stage_id", before: before, after: after,
          changeType: random.pick(ChangeType.allCases),
          humanLabel: random.chance(50) ? line(1...200) : nil)
    }
  }

  private mutating func plan() throws -> [RevalidationCheck] {
    try (0..<random.int(0...4)).map { index in
      RevalidationCheck(
        checkID: "check_\(index)" + line(0...20), description: prose(5...500),
        severity: random.pick(FailSeverity.allCases), predicate: try predicate())
    }
  }

  private mutating func predicate() throws -> Predicate {
    let record = RecordReference(model: "account.move", id: id())
    switch random.int(0...4) {
    case 0: return .recordExists(record)
    case 1: return .fieldEquals(record, field: "state", expected: value(depth: 1))
    case 2:
      return .fieldIn(
        record, field: "payment_state", [value(depth: 0)] + [value(depth: 1)])
    case 3:
      return .noDuplicateInWindow(
        scopeKey: "partner_\(id()):invoice", windowMinutes: random.int(1...525_600))
    default:
      let start = try #require(TimeOfDay(minutes: random.int(0...700)))
      let end = try #require(TimeOfDay(minutes: random.int(701...1440)))
      return .quietHours(
        QuietHours(
          timezone: random.pick(["Europe/Berlin", "America/New_York", "Asia/Kolkata"]),
          start: start, end: end, days: random.pick([[1, 2, 3], [7], [1, 2, 3, 4, 5, 6, 7]]),
          holidays: random.list(0...3) { LocalDate(epochDay: $0.int(0...30_000)) }))
    }
  }

  private mutating func impact() throws -> EstimatedImpact {
    EstimatedImpact(
      revenueChange: random.chance(50) ? try Examples.euros(Int64(random.int(-10...999_999))) : nil,
      cashRunwayChangeDays: random.maybe { Double($0.int(-90...90)) / 7 },
      timeSavedHours: random.maybe { Double($0.int(0...9)) },
      riskReductionScore: random.maybe { Double($0.int(0...100)) })
  }
}
