import ActionProtocol
import Addressing
import Decisions
import Engine
import Synchronization
import TestSupport

extension EngineHouse {
  /// Suppresses an address as a person would.
  func suppress(
    _ address: String, scope: SuppressionScope = .all, reason: SuppressionReason
  ) async throws {
    _ = try await Suppressions(context).add(
      org,
      Suppressions.Wish(
        address: try SuppressionAddress(address), scope: scope, reason: reason),
      note: "for a test", by: .tester, via: "test")
  }

  @discardableResult
  func approve(_ id: ActionID, despiteObjection: Bool) async throws -> ActionState {
    let state = try await state(id)
    return try await Approvals(context).approve(
      org, id, digest: state.digest, despiteObjection: despiteObjection, by: .tester, via: "test")
  }

  func card(_ id: ActionID) async throws -> ActionCard {
    guard let card = try await ActionReader(context).card(org, id) else { throw NothingProposed() }
    return card
  }

  /// A pending SMS to Acme.
  func text(_ key: String, _ body: String) async throws -> ActionID {
    try await submit(
      key, .sms(.xSendSMSAlert, SendSMS(to: try PhoneNumber(e164: "+16175550123"), body: body)))
  }

  /// An approved message to several.
  func approved(
    _ type: EmailActionType = .xSendCustomMessage, key: String = "several", to: [String],
    cc: [String] = [], bcc: [String] = []
  ) async throws -> ActionID {
    let id = try await submit(
      key,
      .email(
        type,
        SendEmail(
          to: try to.map { try EmailAddress($0) }, cc: try cc.map { try EmailAddress($0) },
          bcc: try bcc.map { try EmailAddress($0) }, subject: "Our new opening hours",
          bodyText: "We are open longer from Monday on.")))
    try await approve(id)
    return id
  }

  func submit(_ key: String, _ operation: TypedOperation) async throws -> ActionID {
    let proposal = Proposal(
      orgID: org, operation: operation, idempotencyKey: IdempotencyKey(rawValue: key),
      expectedEffect: "The customer knows of it.", reasoning: "Somebody has to tell them.",
      affectedRecords: AffectedRecords(
        model: "res.partner", ids: [1], partnerID: PartnerID(rawValue: 1),
        partnerName: "Acme Corp"))
    let outcome = try await Intake(context).submit(proposal, by: .tester, via: "test")
    guard case .created(let state) = outcome else { throw Refused(outcome: outcome.codesForTest) }
    return state.id
  }

  struct Refused: Error { let outcome: String }
}

extension IntakeOutcome {
  var codesForTest: String {
    guard case .invalid(let issues) = self else { return "\(self)" }
    return issues.map(\.code).joined(separator: ",")
  }
}

/// A provider's list, as a test fills it.
final class ListedSuppressions: VendorSuppressions {
  struct State {
    var pages: [[VendorSuppression]] = [[]]
    var added: [String] = []
    var asked: [String?] = []
    /// What looking and telling are answered instead; nil: done.
    var pageAnswer: VendorAnswer<VendorSuppressionPage>?
    var addAnswer: VendorAnswer<Void>?
  }

  let state = Mutex(State())

  func set(_ change: @Sendable (inout State) -> Void) { state.withLock { change(&$0) } }

  var added: [String] { state.withLock { $0.added } }
  var asked: [String?] { state.withLock { $0.asked } }

  func page(_ token: String?, until end: Instant) async -> VendorAnswer<VendorSuppressionPage> {
    state.withLock { state in
      state.asked.append(token)
      if let answer = state.pageAnswer { return answer }
      let number = token.flatMap { Int($0) } ?? 0
      let next = number + 1 < state.pages.count ? "\(number + 1)" : nil
      return .done(VendorSuppressionPage(entries: state.pages[number], next: next))
    }
  }

  func add(_ address: String, why: SuppressionReason) async -> VendorAnswer<Void> {
    state.withLock { state in
      if let answer = state.addAnswer { return answer }
      state.added.append(address)
      return .done(())
    }
  }
}
