import ActionProtocol
import Addressing
import Decisions
import Engine
import Foundation
import Insights

/// Values for the conformance cases: complete, valid, and told apart by what the case names.
enum Sample {
  /// A Wednesday, 15:00 UTC.
  static let start = Instant(milliseconds: 1_772_636_400_000)
  static let ann = unwrap(Author(rawValue: "person:local:ann"))
  static let boot = BootID("boot-1")

  static func later(_ milliseconds: Int64) -> Instant {
    Instant(milliseconds: start.milliseconds + milliseconds)
  }

  static func org(_ name: String = "acme") -> OrgID { unwrap(OrgID(rawValue: name)) }

  static func id(_ number: Int) -> ActionID {
    unwrap(ActionID(rawValue: "action-\(100_000 + number)"))
  }

  static func key(_ text: String) -> IdempotencyKey { unwrap(IdempotencyKey(rawValue: text)) }

  static func partner(_ number: Int64) -> PartnerID { unwrap(PartnerID(rawValue: number)) }

  static func digest(_ text: String) -> Digest { Digest.sha256(Array(text.utf8)) }

  static func invoice(_ id: Int64) -> RecordReference {
    RecordReference(model: "account.move", id: id)
  }

  static func organisation(_ id: OrgID = org()) throws -> Organisation {
    Organisation(
      profile: .sample(id.rawValue),
      mode: .sandbox, sender: try Mailbox("Harbor Books <billing@harbor.example>"),
      createdAt: start)
  }

  /// An action with the columns its status demands.
  static func action(
    _ number: Int, _ status: ActionStatus = .pendingApproval, org: OrgID = org(),
    key: String? = nil, delivery: DeliveryMode = .sandbox
  ) -> ActionState {
    var state = ActionState(
      org: org, id: id(number), type: .sendInvoiceReminder, operation: .sendEmail, risk: .low,
      status: status, revision: 1, digest: digest("revision-\(number)-1"),
      proposalDigest: digest("proposal-\(number)"), key: Sample.key(key ?? "key-\(number)"),
      partner: partner(1), title: "Acme Corp", createdBy: ann,
      createdAt: later(Int64(number)), expiresAt: later(86_400_000), facts: nil,
      delivery: delivery)
    switch status {
    case .approved:
      state.approval = ApprovalRecord(by: ann, at: start, delivery: delivery)
      state.executeBy = later(3 * 86_400_000)
    case .executing:
      state.claim = Claim(boot: boot, token: 1)
      state.lastToken = 1
    case .rejected:
      state.rejection = RejectionRecord(by: ann, at: start, reason: "no", quietUntil: nil)
    case .pendingApproval, .completed, .failed, .expired:
      break
    }
    return state
  }

  static func revision(of state: ActionState) -> RevisionRecord {
    RevisionRecord(
      number: state.revision, digest: state.digest, document: Array("{}".utf8), sender: nil,
      replyTo: nil, expiresAt: state.expiresAt, createdBy: state.createdBy,
      createdAt: state.createdAt, cause: "proposed")
  }

  static func operation(_ number: Int, call: Int = 1) -> OperationID {
    OperationID(action: id(number), revision: 1, call: call)
  }

  static func intent(
    _ number: Int, call: Int = 1, org: OrgID = org(), channel: OutreachChannel? = .email,
    boot: BootID = boot, at: Instant = start
  ) -> AttemptIntent {
    AttemptIntent(
      org: org, operation: operation(number, call: call), boot: boot, token: 1, at: at,
      channel: channel, delivery: .sandbox, requestDigest: digest("request"))
  }

  static func reservation(
    _ number: Int, call: Int = 1, org: OrgID = org(), channel: OutreachChannel = .email,
    partners: [Int64] = [1], addresses: [String] = ["a"],
    scopes: [String] = ["partner_1:reminder"], delivery: DeliveryMode = .sandbox,
    at: Instant = start, audience: OutreachAudience = .customer, domains: [String: String] = [:]
  ) -> OutreachReservation {
    OutreachReservation(
      org: org, operation: operation(number, call: call), channel: channel,
      partners: partners.map { Sample.partner($0) }, addresses: addresses.map(digest),
      scopes: scopes, delivery: delivery, at: at, audience: audience,
      domains: Dictionary(
        uniqueKeysWithValues: domains.map { (digest($0.key), digest($0.value)) }))
  }

  static func event(_ kind: String, action: ActionID? = nil) -> AuditEvent {
    AuditEvent(
      kind: kind, actor: ann.rawValue, via: "test", subject: "org:acme", actionID: action)
  }

  /// For constants that are right by their spelling.
  static func unwrap<Value>(_ value: Value?) -> Value {
    guard let value else { preconditionFailure("a sample's constant") }
    return value
  }
}

extension StorePort {
  /// Saves an org and actions with a first revision each.
  func put(_ states: [ActionState], orgs: [OrgID] = [Sample.org()]) async throws {
    try await write { store in
      for org in orgs where try store.organisation(org) == nil {
        try store.save(Sample.organisation(org))
      }
      for state in states { try store.insert(state, Sample.revision(of: state), records: []) }
    }
  }

  func action(_ number: Int, org: OrgID = Sample.org()) async throws -> ActionState {
    guard let state = try await read({ try $0.action(org, Sample.id(number)) }) else {
      throw ConformanceFailure("action \(number) is not there")
    }
    return state
  }
}
