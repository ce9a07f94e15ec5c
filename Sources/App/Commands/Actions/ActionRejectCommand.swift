import ActionProtocol
import ArgumentParser
import Decisions
import Engine
import Foundation

struct ActionRejectCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "reject",
    abstract: "Reject an action, with a reason.",
    discussion: Examples.after(
      """
      The same finding is not proposed again until its facts change, or as --quiet says: for a
      week, until the next reminder level, or never for this customer. --because picks a reason that is
      ready, and how long its finding stays quiet.
      """,
      "aiom action reject 0193f2 --because already-paid",
      "aiom action reject 0193f2 --reason \"we agreed on instalments\"",
      "aiom action reject 0193f2 --reason \"on holiday\" --quiet week"))

  enum Quiet: String, ExpressibleByArgument, CaseIterable {
    case week
    case nextLevel = "next-level"
    case never
  }

  @Argument(help: "The action's id, or its first characters.")
  var id: String

  @Option(name: .long, help: "Why, for the record; asked for at a terminal.")
  var reason: String?

  @Option(name: .long, help: "A reason that is ready.")
  var because: RejectionPreset?

  @Option(name: .long, help: "How long the finding stays quiet.")
  var quiet: Quiet?

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let desk = try await ActionDesk(Composition.open(global, console))
    let state = try await desk.find(id)
    let given = [because?.reason, reason].compactMap(\.self).joined(separator: " ")
    let reason = try ReasonOption.reason(given, "Why is it rejected?", console)
    let rejected = try await desk.approvals.reject(
      desk.org, state.id, reason: reason, quiet: choice, by: desk.author(.decide), via: "cli")
    guard rejected.status == .rejected else {
      return desk.announce(
        rejected, "Your refusal is taken; more persons have to refuse it before it ends.", console)
    }
    desk.announce(rejected, "Rejected. \(sentence)", console)
  }

  private var choice: QuietChoice {
    switch quiet {
    case nil: because?.quiet(now: SystemClock.now()) ?? .untilFactsChange
    case .week: .until(SystemClock.now().advanced(by: .seconds(7 * 86_400)))
    case .nextLevel: .nextLevel
    case .never: .never
    }
  }

  private var sentence: String {
    switch choice {
    case .untilFactsChange: "The same finding is not proposed again until its facts change."
    case .until: "The same finding is not proposed again for a week."
    case .nextLevel: "It is proposed again at the next reminder level."
    case .never: "It is never proposed again for this customer."
    }
  }
}

extension RejectionPreset: ExpressibleByArgument {}
