import ActionProtocol
import Decisions

/// A person's word that a box of the go-live checklist is done which no machine can see.
public struct SetupTick: Hashable, Sendable {
  /// The boxes that only somebody's eyes can tick; named as `aiom doctor` names them.
  public enum Box: String, CaseIterable, Sendable {
    case emailReceived = "email_received"
    case spamFolder = "spam_folder"
    case smsCredits = "sms_credits"
    case dashboard
  }

  public var box: Box
  public var by: Author
  public var at: Instant
}

/// Ticks boxes, and takes ticks back. Each change has its audit entry in the same transaction.
public struct SetupTicks: Sendable {
  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// By box; a box that nobody ticked is not there.
  public func list(_ org: OrgID) async throws -> [SetupTick.Box: SetupTick] {
    try await context.store.read { try Self.ticks(org, $0) }
  }

  /// - Parameter note: what was seen, 1 to 1000 characters, kept in the audit trail as personal data.
  /// - Throws: ``DecisionError``: not a person, no note, no such org.
  public func tick(
    _ org: OrgID, _ box: SetupTick.Box, note: String, by author: Author, via: String
  ) async throws {
    try await change(org, box, note, author, via, "setup.ticked") { ticks, now in
      ticks[box] = SetupTick(box: box, by: author, at: now)
    }
  }

  /// Says that a box is not done after all.
  /// - Throws: ``DecisionError``: not a person, no note, nobody ticked it.
  public func untick(
    _ org: OrgID, _ box: SetupTick.Box, note: String, by author: Author, via: String
  ) async throws {
    try await change(org, box, note, author, via, "setup.unticked") { ticks, _ in
      guard ticks.removeValue(forKey: box) != nil else { throw Self.notTicked(box) }
    }
  }

  private func change(
    _ org: OrgID, _ box: SetupTick.Box, _ note: String, _ author: Author, _ via: String,
    _ kind: String,
    _ body: @escaping @Sendable (inout [SetupTick.Box: SetupTick], Instant) throws -> Void
  ) async throws {
    try Approvals.mustBePerson(author)
    let note = try Approvals.checked(note)
    try await context.store.write { store in
      guard try store.organisation(org) != nil else { throw Approvals.noOrg(org) }
      var ticks = try Self.ticks(org, store)
      try body(&ticks, store.now)
      try store.setInstallationValue(Self.key(org), to: Self.text(ticks))
      try store.append(
        [
          AuditEvent(
            kind: kind, actor: author.rawValue, via: via, subject: "setup:\(box.rawValue)",
            details: [:], personal: ["reason": Array(note.utf8)])
        ], org: org)
    }
  }

  // MARK: - As it is stored

  private static func key(_ org: OrgID) -> String { "setup.ticks.\(org.rawValue)" }

  /// `{box: {by, at}}`.
  private static func text(_ ticks: [SetupTick.Box: SetupTick]) -> String? {
    guard !ticks.isEmpty else { return nil }
    let members = ticks.sorted { $0.key.rawValue < $1.key.rawValue }.map { box, tick in
      (
        box.rawValue,
        ["by": .string(tick.by.rawValue), "at": .integer(tick.at.milliseconds)] as JSONValue
      )
    }
    return String(
      decoding: CanonicalJSON.encode(.object(JSONObject(members))), as: UTF8.self)
  }

  private static func ticks(
    _ org: OrgID, _ store: any StoreReading
  ) throws -> [SetupTick.Box: SetupTick] {
    guard let text = try store.installationValue(key(org)),
      case .success(.object(let object)) = JSONReader.read(Array(text.utf8))
    else { return [:] }
    var ticks: [SetupTick.Box: SetupTick] = [:]
    for (name, value) in object {
      guard let box = SetupTick.Box(rawValue: name),
        let by = value.objectValue?["by"]?.stringValue.flatMap({ Author(rawValue: $0) }),
        let at = value.objectValue?["at"]?.integerValue
      else { continue }
      ticks[box] = SetupTick(box: box, by: by, at: Instant(milliseconds: at))
    }
    return ticks
  }

  private static func notTicked(_ box: SetupTick.Box) -> DecisionError {
    DecisionError(
      .conflict, "setup.not_ticked", "Nobody has ticked \(box.rawValue).",
      remedy: "Load the page again.")
  }
}
