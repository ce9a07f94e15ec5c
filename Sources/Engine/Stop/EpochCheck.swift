import ActionProtocol
import Decisions
import Logging

/// Finds out, when a process begins, whether the database is the one that was used here last or an
/// earlier copy of it, and stops everything where it is a copy.
///
/// A database that went back in time would send again what was approved then and sent since. The
/// epoch is kept in the database and outside of it (``EpochPort``), and with it how far the audit log
/// was when messages last went out: a database that has fewer entries does not know of them.
struct EpochCheck {
  static let key = "epoch"

  /// Why a database cannot be trusted; also the reason of the stop.
  enum Finding: String, Sendable {
    /// It has fewer audit entries than it had when a message last went out.
    case older = "database_older_than_last_use"
    /// It belongs to another epoch than was used here last.
    case otherEpoch = "database_of_another_epoch"
    /// It was used before, and not here.
    case elsewhere = "database_used_elsewhere"
    /// It is another file than was used last.
    case copied = "database_file_was_copied"
    /// It is a backup that `aiom restore` put here.
    case restored = "backup_restored"
  }

  let store: any StoreTransaction
  let memory: any EpochPort
  let entropy: Entropy

  /// Compares, and stops everything where the database is a copy. Called in the transaction by which
  /// a process registers.
  /// - Returns: the epoch, and why it had to be stopped; nil: all is well.
  func run() throws -> (epoch: String, finding: Finding?) {
    let known = try store.installationValue(Self.key)
    let remembered = try memory.read()
    guard let finding = try finding(known, remembered) else {
      return (try adopt(known, remembered), nil)
    }
    let epoch = try Self.begin(anewBecause: finding, store, entropy)
    let total = try store.auditTotal()
    try memory.begin(EpochMark(epoch: epoch, auditTotal: total, file: memory.file))
    return (epoch, finding)
  }

  /// A new epoch, in which everything is stopped until the database has been reconciled.
  /// - Returns: its name, to be remembered outside the database.
  static func begin(
    anewBecause finding: Finding, _ store: any StoreTransaction, _ entropy: Entropy
  ) throws -> String {
    let knownUntil = try store.lastAuditAt()
    let standing = try store.stops().first { $0.scope == .everything && $0.cause == .restored }
    _ = try store.put(
      Stop(
        scope: .everything, at: store.now, by: .engine, via: "engine", reason: finding.rawValue,
        cause: .restored,
        // A copy of a copy knows even less.
        knownUntil: [standing?.knownUntil, knownUntil].compactMap { $0 }.min()))
    for org in try EmergencyStop.orgs(.everything, store) {
      try store.append(
        [
          AuditEvent(
            kind: "engine.stopped", actor: Author.engine.rawValue, via: "engine",
            subject: "org:\(org.rawValue)",
            details: [
              "scope": .string(StopScope.everything.rawValue),
              "reason": .string(finding.rawValue),
              "known_until": knownUntil.map { .string($0.rfc3339) } ?? .null,
            ])
        ], org: org)
    }
    let epoch = newEpoch(entropy)
    try store.setInstallationValue(key, to: epoch)
    return epoch
  }

  private func finding(_ known: String?, _ remembered: EpochMark?) throws -> Finding? {
    guard let remembered else { return known != nil && memory.isAlone ? .elsewhere : nil }
    guard let known else {
      // An epoch in which nothing ever left: its first transaction was not committed.
      return remembered.auditTotal == 0 ? nil : .otherEpoch
    }
    if remembered.epoch != known { return .otherEpoch }
    if try store.auditTotal() < remembered.auditTotal { return .older }
    return remembered.file == memory.file ? nil : .copied
  }

  private func adopt(_ known: String?, _ remembered: EpochMark?) throws -> String {
    if let known {
      if remembered == nil {
        try memory.begin(EpochMark(epoch: known, auditTotal: 0, file: memory.file))
      }
      return known
    }
    let epoch = Self.newEpoch(entropy)
    try store.setInstallationValue(Self.key, to: epoch)
    try memory.begin(EpochMark(epoch: epoch, auditTotal: 0, file: memory.file))
    return epoch
  }

  private static func newEpoch(_ entropy: Entropy) -> String {
    entropy.bytes(16).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
