import ActionProtocol
import Addressing
import ArgumentParser
import Cards
import Decisions
import Engine

/// A test message on its way through the whole house: proposal, card, approval, six stages.
struct TestMessage: Sendable {
  let desk: ActionDesk
  let console: Console
  /// Do not ask.
  let yes: Bool

  /// Proposes, shows, asks, approves, waits for the undo window, carries out.
  func send(_ operation: TypedOperation, what: String) async throws {
    guard yes || console.canAsk else { throw Self.nobodyToAsk }
    let id = try await propose(operation, what: what)
    let card = try await desk.card(of: id)
    if !yes {
      console.show(desk.rendered(card, console))
      console.say()
      guard Prompt(console: console).confirm("Send it?") else {
        _ = try await desk.approvals.reject(
          desk.org, id, reason: "not confirmed", by: desk.author(.decide), via: "cli")
        console.say("Nothing was sent.")
        throw ExitCode.refused
      }
    }
    let reports = try await approvedAndRun(card.state)
    let waiting = reports.isEmpty ? [try await desk.card(of: id).state] : []
    try RunView(reports: reports, waiting: waiting, time: desk.time, isNamed: true)
      .announce(console)
    try await sayWhereToLook(id, operation)
  }

  /// The same without asking and without a word; what cannot go out now is withdrawn, so that it does
  /// not go out when nobody expects it any more.
  func carriedOut(
    _ operation: TypedOperation, what: String
  ) async throws -> (id: ActionID, reports: [ExecutionReport]) {
    let id = try await propose(operation, what: what)
    let reports = try await approvedAndRun(desk.card(of: id).state)
    if case .held? = reports.first?.outcome {
      _ = try await desk.approvals.reject(
        desk.org, id, reason: "the test is over", by: desk.author(.decide), via: "cli")
    }
    return (id, reports)
  }

  private func approvedAndRun(_ state: ActionState) async throws -> [ExecutionReport] {
    let approved = try await desk.approvals.approve(
      desk.org, state.id, digest: state.digest, by: desk.author(.decide), via: "cli")
    await UndoCountdown(console: console).wait(for: approved)
    return try await ActionRunner(house: desk.house).run(desk.org, [state.id])
  }

  private func propose(_ operation: TypedOperation, what: String) async throws -> ActionID {
    let recipient = try await TestRecipient(desk: desk).record(of: operation)
    let now = SystemClock.now()
    let proposal = Proposal(
      orgID: desk.org, operation: operation,
      idempotencyKey: IdempotencyKey(
        rawValue: "\(desk.org.rawValue):test:\(desk.house.context.entropy.uuid7(now))"),
      expectedEffect: "A test \(what) arrives at the address given on the command line.",
      reasoning: "Somebody wants to see that \(what) through the provider works.",
      affectedRecords: AffectedRecords(
        model: AffectedRecords.partnerModel, ids: [recipient.rawValue], partnerID: recipient,
        partnerName: TestRecipient.name, recordName: "test \(what)"))
    let outcome = try await Intake(desk.house.context).submit(
      proposal, by: desk.author(.propose), via: "cli")
    if case .created(let state) = outcome { return state.id }
    if case .invalid(let issues) = outcome { throw IntakeView.refusal(issues, console) }
    throw Self.unfinished(outcome.state)
  }

  private func sayWhereToLook(_ id: ActionID, _ operation: TypedOperation) async throws {
    guard let provider = try await desk.card(of: id).state.providerID else { return }
    console.say("The provider's id is \(provider). \(Self.place(operation, desk.house.settings))")
  }

  /// Where the message should be seen now.
  static func place(_ operation: TypedOperation, _ settings: Settings) -> String {
    if settings.delivery == .sandbox {
      return "It went to the local sandbox, to nobody: look at the sandbox's page."
    }
    if case .sms = operation { return "Look at the phone." }
    return "Look into the inbox, and into the spam folder."
  }

  private static let nobodyToAsk = Failure(
    .usage, "test.not_confirmed", "A message needs your word, and there is nobody to ask.",
    remedy: "Add --yes. Nothing was stored.")

  /// An earlier test to the same address is still open; two at once would be one too many.
  private static func unfinished(_ state: ActionState?) -> Failure {
    let id = state?.id.rawValue ?? "ID"
    let status = state.map { StateWording.status($0.status) } ?? "open"
    let end = state?.status == .approved ? "withdraw" : "reject"
    return Failure(
      .conflict, "test.not_new",
      "An earlier test message to this address is not finished: \(id) is \(status).",
      remedy: "Look at it with `aiom action show \(id)`; `aiom action \(end) \(id)` ends it.",
      details: ["action_id": .string(id)])
  }
}

/// Refuses addresses that stand in examples.
enum ExampleAddress {
  private static let domains: Set<String> = [
    "example.com", "example.org", "example.net", "yourdomain.com", "yourdomain",
    "your-company.com", "test.com",
  ]
  private static let endings = [".example", ".test", ".invalid", ".localhost"]

  /// Whether a domain is nobody's: set aside for examples, or standing in them.
  static func isExample(_ domain: String) -> Bool {
    domains.contains { domain == $0 || domain.hasSuffix(".\($0)") }
      || endings.contains(where: domain.hasSuffix) || !domain.contains(".")
  }

  static func refuse(_ address: EmailAddress) throws {
    guard isExample(address.domain) else { return }
    throw Failure(
      .refused, "test.example_address", "That is an example's address; nobody reads it.",
      remedy: "Give an address of your own with --to.")
  }

  /// 555-01xx numbers are set aside for fiction, and the guide's own numbers are nobody's.
  static func refuse(_ phone: PhoneNumber) throws {
    let national = phone.nationalNumber
    let isFiction =
      phone.countryCode == "1"
      && (national.hasPrefix("555") || national.dropFirst(3).hasPrefix("55501"))
    guard isFiction else { return }
    throw Failure(
      .refused, "test.example_number", "That is an example's number; nobody has it.",
      remedy: "Give a number of your own with --to.")
  }
}
