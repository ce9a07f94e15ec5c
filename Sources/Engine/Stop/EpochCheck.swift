import ActionProtocol
import Decisions
import Logging

/// Finds out, when a process begins, whether the database is the one that was used here last or an
/// earlier copy of it, and stops everything where it is a copy. On a server it looks again with every
/// heartbeat, because another server may take the place of the one that was used.
///
/// A database that went back in time would send again what was approved then and sent since. The
/// epoch is kept in the database and outside of it (``EpochPort``), and with it how far the audit log
/// was when messages last went out: a database that has fewer entries does not know of them. In the
/// database stands also which server it was on (``ServerRecord``).
struct EpochCheck {
  static let key = "epoch"
  /// The epochs before, of which other nodes may still know.
  static let pastKey = "epoch.past"
  private static let longestPast = 20

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
    /// It is on another server than it was used on, or under another name there.
    case otherServer = "database_on_another_server"
    /// Its server is one that took another's place and may lack its last transactions.
    case otherTimeline = "database_on_another_timeline"
    /// It is a backup that `aiom restore` put here.
    case restored = "backup_restored"
  }

  let store: any StoreTransaction
  let memory: any EpochPort
  let entropy: Entropy
  /// Which server the database is on; nil where it is a file or the server does not say.
  let server: ServerIdentity?

  init(_ store: any StoreTransaction, _ memory: any EpochPort, _ entropy: Entropy) throws {
    self.store = store
    self.entropy = entropy
    server = try store.server()
    self.memory = server.map(memory.of) ?? memory
  }

  /// Compares, and stops everything where the database is a copy. Called in the transaction by which
  /// a process registers, or renews its lease.
  /// - Returns: the epoch, and why it had to be stopped; nil: all is well.
  func run() throws -> (epoch: String, finding: Finding?) {
    let known = try store.installationValue(Self.key)
    let remembered = try memory.read()
    let found = try finding(known, remembered) ?? serverFinding(isRemembered: remembered != nil)
    try recordServer()
    guard let finding = found else { return (try adopt(known, remembered), nil) }
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
    if let known = try store.installationValue(key) {
      let past = (try past(store) + [known]).suffix(longestPast)
      try store.setInstallationValue(pastKey, to: past.joined(separator: " "))
    }
    try store.setInstallationValue(key, to: epoch)
    return epoch
  }

  private static func past(_ store: any StoreReading) throws -> [String] {
    try store.installationValue(pastKey)?.split(separator: " ").map(String.init) ?? []
  }

  private func serverFinding(isRemembered: Bool) throws -> Finding? {
    guard let server, let text = try store.installationValue(ServerRecord.key) else { return nil }
    return ServerRecord(text)?.finding(on: server, isRemembered: isRemembered)
  }

  private func recordServer() throws {
    guard let text = server.map({ ServerRecord($0).text }),
      try store.installationValue(ServerRecord.key) != text
    else { return }
    try store.setInstallationValue(ServerRecord.key, to: text)
  }

  private func finding(_ known: String?, _ remembered: EpochMark?) throws -> Finding? {
    guard let remembered else { return known != nil && memory.isAlone ? .elsewhere : nil }
    guard let known else {
      // An epoch in which nothing ever left: its first transaction was not committed.
      return remembered.auditTotal == 0 ? nil : .otherEpoch
    }
    if remembered.epoch != known {
      // Another node found out before this one, and everything was stopped and reconciled for all.
      guard try Self.past(store).contains(remembered.epoch) else { return .otherEpoch }
      return remembered.file == memory.file ? nil : .copied
    }
    if try store.auditTotal() < remembered.auditTotal { return .older }
    return remembered.file == memory.file ? nil : .copied
  }

  private func adopt(_ known: String?, _ remembered: EpochMark?) throws -> String {
    if let known {
      if remembered?.epoch != known {
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
