import ActionProtocol
import Decisions
import Insights

/// Brings what is stored in line with what an analysis found, inside a write transaction.
public struct FindingBook {
  /// What became of them.
  public struct Outcome: Sendable, Equatable {
    public var opened = 0
    public var worsened = 0
    public var resolved = 0
    /// All that hold.
    public var holding = 0
  }

  private let store: any StoreTransaction
  private let org: OrgID
  private let author: Author
  private let via: String

  public init(store: any StoreTransaction, org: OrgID, author: Author, via: String) {
    self.store = store
    self.org = org
    self.author = author
    self.via = via
  }

  /// - Parameter drafts: everything that the source finds now; a fingerprint counts once.
  public func take(_ drafts: [FindingDraft], from source: FindingSource) throws -> Outcome {
    var known = Dictionary(
      try store.findings(org, source).map { ($0.draft.fingerprint, $0) },
      uniquingKeysWith: { first, _ in first })
    var (outcome, changed, events) = (Outcome(), [FindingRecord](), [AuditEvent]())
    var taken: Set<String> = []
    for draft in drafts where taken.insert(draft.fingerprint).inserted {
      outcome.holding += 1
      guard let record = known.removeValue(forKey: draft.fingerprint) else {
        outcome.opened += 1
        events.append(try open(draft, source))
        continue
      }
      let (seen, event) = seenAgain(record, draft)
      changed.append(seen)
      if let event {
        outcome.worsened += 1
        events.append(event)
      }
    }
    for record in known.values.sorted(by: { $0.number < $1.number }) {
      outcome.resolved += 1
      let (gone, event) = over(record)
      changed.append(gone)
      events.append(event)
    }
    try store.save(changed)
    if !events.isEmpty { try store.append(events, org: org) }
    return outcome
  }

  private func open(_ draft: FindingDraft, _ source: FindingSource) throws -> AuditEvent {
    let record = FindingRecord(
      org: org, source: source, draft: draft, firstSeenAt: store.now, lastSeenAt: store.now,
      changedAt: store.now)
    let number = try store.insert(record)
    return event("finding.opened", number, draft)
  }

  /// One that got worse is open again, whatever was said about it before.
  private func seenAgain(
    _ record: FindingRecord, _ draft: FindingDraft
  ) -> (FindingRecord, AuditEvent?) {
    var record = record
    let isWorse = draft.severity > record.draft.severity
    record.draft = draft
    record.lastSeenAt = store.now
    record.seen += 1
    guard isWorse else { return (record, nil) }
    if record.state != .open {
      (record.state, record.changedAt, record.changedBy) = (.open, store.now, nil)
      record.snoozedUntil = nil
    }
    return (record, event("finding.worsened", record.number, draft))
  }

  private func over(_ record: FindingRecord) -> (FindingRecord, AuditEvent) {
    var record = record
    record.goneAt = store.now
    if record.state != .resolved {
      (record.state, record.changedAt, record.changedBy) = (.resolved, store.now, nil)
      record.snoozedUntil = nil
    }
    return (record, event("finding.gone", record.number, record.draft))
  }

  private func event(_ kind: String, _ number: Int64, _ draft: FindingDraft) -> AuditEvent {
    AuditEvent(
      kind: kind, actor: author.rawValue, via: via, subject: "finding:\(number)",
      details: [
        "fingerprint": .string(draft.fingerprint), "severity": .string(draft.severity.word),
      ])
  }
}
