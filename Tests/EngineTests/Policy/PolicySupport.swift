import ActionProtocol
import Addressing
import Connectors
import Decisions
import Engine
import Insights
import TestSupport

/// The persons of a test.
struct FixedRoles: RoleDirectory {
  var persons: [Author: Set<String>]?
  var owners: [Author: Author] = [:]

  func deciders(of org: OrgID, _ store: any StoreReading) throws -> [Author: Set<String>]? {
    persons
  }

  func owner(of agent: Author, in org: OrgID, _ store: any StoreReading) throws -> Author? {
    owners[agent]
  }
}

extension Author {
  static let ann = Author(.person, "ann").unsafelyUnwrapped
  static let bob = Author(.person, "bob").unsafelyUnwrapped
  static let cem = Author(.person, "cem").unsafelyUnwrapped
  static let bot = Author(.agent, "crm-bot").unsafelyUnwrapped
}

extension PolicyRule {
  /// A rule about everything.
  static func all(
    _ id: String, _ then: PolicyOutcome, when: PolicyCondition = PolicyCondition()
  ) -> PolicyRule {
    PolicyRule(
      id: id, title: "Title of \(id)", on: [.group(.all)], when: when, then: then,
      reason: "Because of \(id).")
  }
}

extension Policy {
  static func testing(_ rules: PolicyRule...) -> Policy { Policy(name: "testing", rules: rules) }

  /// Two of finance, not the proposer.
  static let twoOfFinance = Policy.testing(
    .all("two", .require(PolicyRequirement(role: "finance", n: 2, notProposer: true))))
}

/// A house with a policy and persons.
struct PolicyHouse {
  let house: EngineHouse
  let context: EngineContext

  init(_ policy: Policy, _ roles: FixedRoles = FixedRoles(), undoSeconds: Int = 0) async throws {
    house = try await EngineHouse(
      undoSeconds: undoSeconds, drafting: try MustacheDrafting(), policy: policy)
    try await house.books(try Books.acme(due: "2026-01-03"))
    try await house.books(
      (2...9).map { .partner(PartnerRow(externalID: "p\($0)", name: "Customer \($0)")) })
    var context = house.context
    context.roles = roles
    self.context = context
  }

  var org: OrgID { house.org }
  var approvals: Approvals { Approvals(context) }

  /// A message of somebody's own words to Acme.
  func propose(
    _ key: String = "message-1", by author: Author = .bot, text: String = "We are open on Monday."
  ) async throws -> ActionState {
    let proposal = Proposal(
      orgID: org,
      operation: .email(
        .xSendCustomMessage,
        SendEmail(
          to: [try EmailAddress("billing@acmecorp.com")], subject: "Our hours", bodyText: text)),
      idempotencyKey: IdempotencyKey(rawValue: key),
      expectedEffect: "The customer knows our new hours.",
      reasoning: "The opening hours change next week.",
      affectedRecords: AffectedRecords(
        partnerID: PartnerID(rawValue: 1), partnerName: "Acme Corp"))
    return try await submit(proposal, by: author)
  }

  /// A task of our own about a customer, who does not see it.
  func proposeTask(
    _ number: Int64 = 1, risk: RiskLevel? = nil, by author: Author = .tester
  ) async throws -> ActionState {
    let proposal = Proposal(
      orgID: org,
      operation: .createTask(
        .createFollowUpTask,
        CreateTask(name: "Call customer \(number)", description: "About the hours.")),
      riskLevel: risk,
      idempotencyKey: IdempotencyKey(rawValue: "task-\(number)"),
      expectedEffect: "Somebody calls the customer.", reasoning: "The customer asked for a call.",
      affectedRecords: AffectedRecords(partnerID: PartnerID(rawValue: number)))
    return try await submit(proposal, by: author)
  }

  func submit(_ proposal: Proposal, by author: Author) async throws -> ActionState {
    let outcome = try await Intake(context).submit(proposal, by: author, via: "test")
    guard let state = outcome.state else { throw Refused(outcome: outcome) }
    return state
  }

  struct Refused: Error { let outcome: IntakeOutcome }

  @discardableResult
  func approve(
    _ state: ActionState, by: Author, stepUp: StepUpEvidence? = nil,
    channel: ApprovalChannel = .inApp
  ) async throws -> ActionState {
    try await approvals.approve(
      org, state.id, digest: state.digest, stepUp: stepUp, channel: channel, by: by, via: "test")
  }

  func run() async throws -> [ExecutionReport] {
    let process = ProcessLife(context)
    try await process.begin()
    let reports = try await Pipeline(context, process: process).run(org: org)
    try await process.end()
    return reports
  }

  func card(_ state: ActionState) async throws -> ActionCard? {
    try await ActionReader(context).card(org, state.id)
  }

  /// Makes a policy the active one, as the owner of this machine or as the persons given.
  @discardableResult
  func activate(_ policy: Policy, by persons: [Author] = [.tester]) async throws -> Int64? {
    let book = PolicyBook(context)
    let request = try await book.request(
      org, policy, source: "file", reason: "A test wants it.", by: persons[0], via: "test")
    return try await book.approve(
      org, request.id, digest: request.digest, by: persons.last ?? persons[0], via: "test")?.number
  }
}

/// The code of the refusal that a body ends in; nil where it does not.
func refusal(_ body: () async throws -> Void) async throws -> String? {
  do {
    try await body()
    return nil
  } catch let error as DecisionError {
    return error.code
  }
}
