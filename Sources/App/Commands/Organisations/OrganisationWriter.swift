import ActionProtocol
import Decisions
import Engine

/// Stores organisations, with their audit entries.
struct OrganisationWriter: Sendable {
  /// The installation value that names the organisation in use.
  static let currentKey = "org.current"

  let store: any StorePort
  let author: Author
  /// Who owns what is created; nil where the installation has no person yet.
  var owner: PersonID?
  var via = "cli"

  /// Creates an organisation.
  /// - Throws: ``Failure`` where one of this id exists.
  func create(_ organisation: Organisation) async throws {
    let event = event("org.created", organisation, changed: [])
    let (author, via) = (author, via)
    let owner = owner
    try await store.write { tx in
      guard try tx.organisation(organisation.id) == nil else {
        throw Failure(
          .conflict, "org.exists", "The organisation \(organisation.id.rawValue) exists already.",
          remedy: "`aiom org show` prints it, `aiom org set` changes it; or choose another --org.")
      }
      try tx.save(organisation)
      try tx.append([event], org: organisation.id)
      try tx.beginPolicy(of: organisation.id, by: author, via: via)
      guard let owner else { return }
      _ = try tx.add(Membership(org: organisation.id, person: owner, role: .owner))
    }
  }

  /// Changes the settings of an organisation. Its mode stays what it was created as.
  /// - Parameter read: as it was when the change was made of it; nil: whatever it became since.
  /// - Throws: ``Failure`` `org.changed_meanwhile` where somebody else has changed it since.
  func change(
    _ organisation: Organisation, fields: [String], of read: Organisation? = nil
  ) async throws {
    let event = event("org.changed", organisation, changed: fields)
    try await store.write { [event] tx in
      var event = event
      guard let existing = try tx.organisation(organisation.id) else {
        throw Failure(
          .notConfigured, "org.unknown",
          "There is no organisation \(organisation.id.rawValue).",
          remedy: "`aiom org list` lists them.")
      }
      guard read.map({ $0 == existing }) ?? true else { throw Self.changedMeanwhile }
      guard existing.mode == organisation.mode else {
        throw Failure(
          .conflict, "org.mode_fixed",
          "\(organisation.id.rawValue) was created as \(existing.mode.rawValue); that is fixed.",
          remedy: "Create another organisation as \(organisation.mode.rawValue).")
      }
      let rules =
        existing.outreach.changes(to: organisation.outreach)
        + existing.finance.changes(to: organisation.finance)
      for (field, change) in existing.limits.changes(to: organisation.limits) + rules
        + existing.books.changes(to: organisation.books)
      {
        event.details[field] = .string(change)
      }
      try tx.save(organisation)
      try tx.lookAgain(organisation.id, after: existing.outreach, became: organisation.outreach)
      // What other books could not tell, these may.
      if existing.books != organisation.books {
        for reason in [HoldReason.cannotTell, .odooUnavailable, .configuration] {
          _ = try tx.releaseHolds(organisation.id, reason)
        }
      }
      try tx.append([event], org: organisation.id)
    }
  }

  static let changedMeanwhile = Failure(
    .conflict, "org.changed_meanwhile", "Somebody else changed the organisation just now.",
    remedy: "Look at what it is now, and do it again.")

  /// Makes the organisation the one in use.
  func use(_ id: OrgID) async throws {
    try await store.write { try $0.setInstallationValue(Self.currentKey, to: id.rawValue) }
  }

  private func event(
    _ kind: String, _ organisation: Organisation, changed: [String]
  ) -> AuditEvent {
    var details: JSONObject = ["mode": .string(organisation.mode.rawValue)]
    if !changed.isEmpty { details["fields"] = .string(changed.joined(separator: " ")) }
    return AuditEvent(
      kind: kind, actor: author.rawValue, via: via, subject: "org:\(organisation.id.rawValue)",
      details: details)
  }
}
