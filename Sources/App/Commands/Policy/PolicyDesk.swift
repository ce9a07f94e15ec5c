import ActionProtocol
import Cards
import Decisions
import Engine
import Insights

/// What the policy commands share that look into a database: the organisation, its policies, its past.
struct PolicyDesk: Sendable {
  let house: House
  let organisation: Organisation

  init(_ house: House) async throws {
    self.house = house
    organisation = try await house.organisation()
  }

  var book: PolicyBook { PolicyBook(house.context) }
  var history: PolicyHistory { PolicyHistory(house.context) }
  var org: OrgID { organisation.id }
  var time: LocalTime { LocalTime(organisation.profile.zone) }

  /// A policy of a name: `active`, `version:3`, `default`, or a file.
  func policy(_ name: String) async throws -> Policy {
    if name == PolicySource.active { return try await book.active(org).policy }
    guard let number = PolicySource.version(name) else { return try PolicySource.usable(name) }
    return try await book.version(org, number).policy()
  }

  /// Two policies on the organisation's past, with progress.
  func backtest(_ old: Policy, _ new: Policy, _ console: Console) async throws -> PolicyBacktest {
    let progress = ProgressLine(quiet: console.isJSON)
    defer { progress.end() }
    return try await history.backtest(
      org, old: PolicyEngine(old), new: PolicyEngine(new)
    ) { done in progress.show("\(done) decisions") }
  }

  /// Shows what a policy would change: rule by rule, and on the past.
  func compare(
    _ policy: Policy, _ console: Console
  ) async throws -> (difference: PolicyDifference, past: PolicyBacktest) {
    let active = try await book.active(org).policy
    let difference = PolicyDifference(from: active, to: policy)
    if difference.isEmpty {
      console.say("No rule differs from the active policy.")
    } else {
      for line in difference.lines { console.say(DisplayText.line(line)) }
    }
    console.say()
    let past = try await backtest(active, policy, console)
    console.show(PolicyBacktestCommand.text(past, console))
    return (difference, past)
  }

  /// Approves a request as the caller, and says what came of it.
  /// - Parameter code: a one-time code; asked for at a terminal where the policy in force wants one.
  func approve(
    _ request: ApprovalRequest, _ digest: Digest, code: String? = nil, _ console: Console
  ) async throws -> PolicyVersion? {
    let author = try await house.author(.policy, in: org)
    let isAsked = code == nil && request.requirement.stepUp == .totp && console.canAsk
    let given = code ?? (isAsked ? Prompt(console: console).line("One-time code") : nil)
    let proof: StepUpEvidence? =
      if let given {
        try await CodeSetup(house.access).prove(given, for: digest, by: house.caller, via: "cli")
      } else { nil }
    let version = try await book.approve(
      org, request.id, digest: digest, stepUp: proof, by: author, via: "cli")
    if let version {
      console.say("Version \(version.number) is active.")
      console.say("What was approved under another version and has not left yet asks again.")
    } else {
      console.say("Your approval is taken; others have to approve too.")
    }
    return version
  }
}
