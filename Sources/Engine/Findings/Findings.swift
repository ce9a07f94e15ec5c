import ActionProtocol
import Decisions
import Insights

/// How people look at findings and say what they made of them.
public struct Findings: Sendable {
  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// What a person says of a finding.
  public enum Word: Hashable, Sendable {
    case acknowledge
    case snooze(until: Instant)
    case resolve

    var state: FindingState {
      switch self {
      case .acknowledge: .acknowledged
      case .snooze: .snoozed
      case .resolve: .resolved
      }
    }
  }

  /// - Parameter past: also those that are over, newest first, at most so many; nil: those that hold, the gravest
  ///   first.
  public func list(_ org: OrgID, past: Int? = nil) async throws -> [FindingRecord] {
    try await context.store.read { store in
      try past.map { try store.pastFindings(org, limit: $0) } ?? store.findings(org, nil)
    }
  }

  /// - Throws: ``DecisionError`` where there is none of the number.
  public func finding(_ org: OrgID, _ number: Int64) async throws -> FindingRecord {
    let found = try await context.store.read { try $0.finding(org, number) }
    guard let found else { throw Self.unknown(number) }
    return found
  }

  /// Changes a finding's state, with its audit entry.
  /// - Parameter note: why; stands apart in the audit, where it can be erased.
  /// - Throws: ``DecisionError``: no person, no such finding, over already, an instant that is past.
  /// - Returns: nil where it stood so already; nothing is changed then.
  public func say(
    _ word: Word, about number: Int64, in org: OrgID, note: String?, by author: Author, via: String
  ) async throws -> FindingRecord? {
    try Approvals.mustBePerson(author)
    return try await context.store.write { store -> FindingRecord? in
      guard var record = try store.finding(org, number) else { throw Self.unknown(number) }
      guard record.goneAt == nil else { throw Self.over(number) }
      var until: Instant?
      if case .snooze(let instant) = word {
        guard instant > store.now else { throw Self.past }
        until = instant
      }
      guard record.state(at: store.now) != word.state || record.snoozedUntil != until else {
        return nil
      }
      (record.state, record.snoozedUntil) = (word.state, until)
      (record.changedAt, record.changedBy) = (store.now, author.rawValue)
      try store.save([record])
      try store.append([Self.event(record, note, by: author, via: via)], org: org)
      return record
    }
  }

  private static func event(
    _ record: FindingRecord, _ note: String?, by author: Author, via: String
  ) -> AuditEvent {
    var details: JSONObject = ["fingerprint": .string(record.draft.fingerprint)]
    if let until = record.snoozedUntil { details["until"] = .string(until.rfc3339) }
    return AuditEvent(
      kind: "finding.\(record.state.rawValue)", actor: author.rawValue, via: via,
      subject: "finding:\(record.number)", details: details,
      personal: note.map { ["reason": Array($0.utf8)] } ?? [:])
  }

  private static func unknown(_ number: Int64) -> DecisionError {
    DecisionError(
      .unknown, "finding.unknown", "There is no finding \(number).",
      remedy: "`aiom finding list` shows those that hold.")
  }

  private static func over(_ number: Int64) -> DecisionError {
    DecisionError(
      .conflict, "finding.over", "Finding \(number) is over: its condition does not hold any more.",
      remedy: "Nothing is left to do about it.")
  }

  private static let past = DecisionError(
    .invalid, "finding.past", "A finding is put off to a time to come.",
    remedy: "Name a later day: aiom finding snooze NUMBER --days 7.")
}
