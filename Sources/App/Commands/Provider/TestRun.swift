import ActionProtocol
import Addressing
import Cards
import Connectors
import Decisions
import Engine
import SMTP2GO
import Sandbox

/// The integration test: asks the account, then sends through the same door as everything else.
struct TestRun: Sendable {
  /// The installation value that remembers the last run.
  static let memory = "smtp2go.test"

  private static let titles = ["API connection", "E-mail sending", "SMS sending"]

  let settings: Settings
  let facts: ProviderFacts
  let console: Console

  func lines(email: EmailAddress?, phone: PhoneNumber?, really: Bool) async -> [TestLine] {
    let connection = await connection()
    guard connection.state == .passed else {
      return [
        connection,
        TestLine("email", Self.titles[1], .skipped, "there is no connection"),
        TestLine("sms", Self.titles[2], .skipped, "there is no connection"),
      ]
    }
    return [connection, await emailLine(email), await smsLine(phone, really)]
  }

  /// Keeps what came of it for `doctor`.
  func remember(_ lines: [TestLine]) async throws {
    guard let house = facts.house else { return }
    let words = lines.map { "\($0.id) \($0.state.rawValue)" }.joined(separator: ", ")
    let isPassed = lines.prefix(2).allSatisfy { $0.state == .passed }
    let delivery = settings.delivery.rawValue
    try await house.store.write { store in
      try store.setInstallationValue(
        Self.memory,
        to: "\(isPassed ? "passed" : "failed")|\(delivery)|\(store.now.rfc3339)|\(words)")
    }
  }

  // MARK: The lines

  /// The account's key where there is one; under sandbox delivery the sandbox's own.
  private func connection() async -> TestLine {
    let title = Self.titles[0]
    let key = ProviderProbe.key(settings, facts.organisation)
    guard let key = key ?? (settings.delivery == .sandbox ? Self.sandboxKey : nil) else {
      return TestLine("connection", title, ProviderProbe.missingKey(facts.organisation))
    }
    let address =
      key == Self.sandboxKey
      ? Composition.providerAddress(settings) : Composition.accountAddress(settings)
    do {
      let probe = try await ProviderProbe.run(key, at: address)
      let outcome = probe.permissions.outcome
      guard let allowed = outcome.value else {
        return TestLine(
          "connection", title, .failed, "\(address): \(OutcomeWording.text(outcome))",
          remedy: OutcomeWording.remedy(outcome),
          status: OutcomeWording.isTemporary(outcome) ? .unavailable : .refused)
      }
      return TestLine(
        "connection", title, .passed,
        "\(address); the key may call "
          + (allowed.contains("*") ? "everything" : "\(allowed.count) endpoints"))
    } catch {
      return TestLine("connection", title, Failure(explaining: error))
    }
  }

  private static let sandboxKey = APIKey(SandboxConfiguration.defaultKey)

  private func emailLine(_ address: EmailAddress?) async -> TestLine {
    guard let address else {
      return TestLine(
        "email", Self.titles[1], .skipped, "no address",
        remedy: "Give your own with --to, or set AIOM_REDIRECT_EMAIL.")
    }
    let email = SendEmail(
      to: [address], subject: "AIOM test message",
      bodyText: "This is a test message from AIOM. If you can read it, sending e-mail works.")
    return await sent("email", Self.titles[1], .email(.xSendCustomMessage, email), phone: nil)
  }

  private func smsLine(_ phone: PhoneNumber?, _ really: Bool) async -> TestLine {
    guard let phone, really else {
      return TestLine(
        "sms", Self.titles[2], .skipped, "it costs money",
        remedy: "Give your own number with --sms-to, and --really, to send one.")
    }
    let sms = SendSMS(to: phone, body: "AIOM test message: sending SMS works.")
    return await sent("sms", Self.titles[2], .sms(.xSendSMSAlert, sms), phone: phone)
  }

  private func sent(
    _ id: String, _ title: String, _ operation: TypedOperation, phone: PhoneNumber?
  ) async -> TestLine {
    do {
      var house = try await Composition.open(settings)
      if let phone { house = house.knowing(operatorPhone: phone) }
      let message = TestMessage(
        desk: try await ActionDesk(house), console: console, yes: true)
      let (action, reports) = try await message.carriedOut(operation, what: id)
      let state = try await message.desk.card(of: action).state
      return line(id, title, operation, state, reports.first, message.desk)
    } catch {
      return TestLine(id, title, Failure(explaining: error))
    }
  }

  private func line(
    _ id: String, _ title: String, _ operation: TypedOperation, _ state: ActionState,
    _ report: ExecutionReport?, _ desk: ActionDesk
  ) -> TestLine {
    if state.status == .completed {
      let name = state.providerID.map { ", id \($0)" } ?? ""
      return TestLine(
        id, title, .passed, "accepted\(name)",
        remedy: TestMessage.place(operation, settings))
    }
    let outcome = report.map {
      RunView(reports: [], waiting: [], time: desk.time).sentence($0.outcome)
    }
    let words = outcome ?? "not carried out: it is \(StateWording.status(state.status))"
    let reason = [state.errorCode, state.errorMessage].compactMap { $0 }.filter { !$0.isEmpty }
    let why = reason.isEmpty ? "" : " (\(reason.joined(separator: ": ")))"
    let way = state.hold.flatMap { StateWording.wayOut($0.reason) }
    let isWithdrawn = state.status == .rejected ? "; withdrawn" : ""
    return TestLine(
      id, title, .failed, words + why + isWithdrawn,
      remedy: (way.map { "\($0) " } ?? "") + "`aiom action show \(state.id.rawValue)` has more.")
  }
}

extension House {
  /// The same house, which knows that a number is the operator's own: a test to it goes to no
  /// customer.
  func knowing(operatorPhone phone: PhoneNumber) -> House {
    var context = context
    context.configuration.operatorPhones.insert(phone)
    return House(
      settings: settings, database: database, store: store, schema: schema, context: context,
      channels: channels, odoo: odoo, providerMetrics: providerMetrics, access: access,
      caller: caller)
  }
}
