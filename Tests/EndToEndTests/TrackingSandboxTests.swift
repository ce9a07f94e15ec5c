import ActionProtocol
import Addressing
import Connectors
import Decisions
import Engine
import Foundation
import SMTP2GO
import Sandbox
import Synchronization
import TestSupport
import Testing

/// What becomes of messages whose call had no answer, against the sandbox over HTTP.
@Suite(.serialized) struct TrackingSandboxTests {
  @Test func `a call that hangs after acceptance is settled by the first search`() async throws {
    let house = try await Installation()
    let impatient = house.impatient()
    let id = try await house.hung(impatient, try await house.approvedMessages(1)[0])
    #expect(try await Reconciler(impatient.context).reconcile(house.org) == 1)
    let state = try await house.state(id)
    #expect(state.status == .completed)
    #expect(state.providerID == (await house.sandbox.mailbox.messages().first?.id))
    #expect(await house.sandbox.mailbox.count == 1)
    try await house.close(impatient)
  }

  @Test func `activity that lags proves nothing before it shows`() async throws {
    let clock = MovedClock()
    let house = try await Installation { configuration in
      configuration.activityDelay = .seconds(120)
      configuration.clock = { clock.now }
    }
    let impatient = house.impatient()
    let id = try await house.hung(impatient, try await house.approvedMessages(1)[0])
    #expect(try await Reconciler(impatient.context).reconcile(house.org) == 0)
    clock.advance(seconds: 30)
    #expect(try await Reconciler(impatient.context).reconcile(house.org) == 0)
    #expect(try await house.state(id).hold?.reason == .outcomeUnknown)
    clock.advance(seconds: 91)
    #expect(try await Reconciler(impatient.context).reconcile(house.org) == 1)
    #expect(try await house.state(id).status == .completed)
    #expect(await house.sandbox.mailbox.count == 1)
    try await house.close(impatient)
  }

  @Test func `a key that may only send leaves the question to a person, at the first look`()
    async throws
  {
    let house = try await Installation { configuration in
      configuration.keyPermissions = [
        SandboxConfiguration.defaultKey: ["/email/send", "/sms/send"]
      ]
    }
    let impatient = house.impatient()
    let id = try await house.hung(impatient, try await house.approvedMessages(1)[0])
    #expect(try await Reconciler(impatient.context).reconcile(house.org) == 0)
    let org = house.org
    let attempts = try await house.store.read { try $0.attempts(org, id) }
    #expect(attempts.map(\.askedWhy) == ["activity_not_permitted"])
    let settled = try await Approvals(impatient.context).settle(
      org, id, answer: .arrived, reason: "seen in the outbox", by: .tester, via: "test")
    #expect(settled.status == .completed)
    #expect(await house.sandbox.mailbox.count == 1)
    try await house.close(impatient)
  }

  @Test func `an SMS that hangs after acceptance is found in the report of sent SMS`()
    async throws
  {
    let house = try await Installation()
    let impatient = house.impatient()
    let id = try await house.hung(impatient, try await house.approvedText())
    #expect(try await Reconciler(impatient.context).reconcile(house.org) == 1)
    let state = try await house.state(id)
    #expect(state.status == .completed)
    #expect(state.providerID?.isEmpty == false)
    try await house.close(impatient)
  }
}

/// The engine of an installation with calls that end after a second.
struct Impatient: Sendable {
  let channels: SMTP2GOChannels
  let context: EngineContext
}

extension Installation {
  fileprivate func impatient() -> Impatient {
    let channels = SMTP2GOChannels(
      settings: SMTP2GOSettings(
        baseURL: url, delivery: .sandbox, key: { _ in nil },
        sandboxKey: APIKey(SandboxConfiguration.defaultKey), deadline: .seconds(1),
        connections: 4, smsOptOut: .provider), blobs: FileBlobStore(directory: folder + "/blobs"))
    var context = context
    context.channels = channels
    return Impatient(channels: channels, context: context)
  }

  /// Carries an action out while the provider takes the message and never answers.
  fileprivate func hung(_ impatient: Impatient, _ id: ActionID) async throws -> ActionID {
    sandbox.setFault(.hangAfterAccepting, count: 1)
    try await run(impatient)
    #expect(try await state(id).hold?.reason == .outcomeUnknown)
    return id
  }

  @discardableResult
  fileprivate func run(_ impatient: Impatient) async throws -> [ExecutionReport] {
    let process = ProcessLife(impatient.context)
    try await process.begin()
    let reports = try await Pipeline(impatient.context, process: process).run(org: org)
    try await process.end()
    return reports
  }

  fileprivate func state(_ id: ActionID) async throws -> ActionState {
    let org = org
    return try #require(try await store.read { try $0.action(org, id) })
  }

  fileprivate func approvedText() async throws -> ActionID {
    let org = org
    try await store.write { store in
      let partner = PartnerRow(
        externalID: "p", name: "Customer", phone: try PhoneNumber(e164: "+442079460958"))
      _ = try store.upsert(org, .partner(partner), asOf: store.now)
    }
    let proposal = Proposal(
      orgID: org,
      operation: .sms(
        .xSendSMSAlert,
        SendSMS(to: try PhoneNumber(e164: "+442079460958"), body: "Please call us.")),
      idempotencyKey: IdempotencyKey(rawValue: "text-1"), expectedEffect: "They call.",
      reasoning: "Nobody answers mail.",
      affectedRecords: AffectedRecords(
        model: "res.partner", ids: [1], partnerID: PartnerID(rawValue: 1)))
    let outcome = try await Intake(context).submit(proposal, by: .tester, via: "test")
    guard case .created(let state) = outcome else { throw Refused(outcome: "\(outcome)") }
    _ = try await Approvals(context).approve(
      org, state.id, digest: state.digest, by: .tester, via: "test")
    return state.id
  }

  fileprivate func close(_ impatient: Impatient) async throws {
    await impatient.channels.shutdown()
    try await close()
  }
}

/// The machine's clock, moved on by a test.
private final class MovedClock: Sendable {
  private let offset = Mutex<Double>(0)

  var now: Date { Date(timeIntervalSinceNow: offset.withLock { $0 }) }

  func advance(seconds: Double) { offset.withLock { $0 += seconds } }
}
