import ActionProtocol
import ArgumentParser
import Cards
import Decisions
import Engine

struct PolicySuggestCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "suggest",
    abstract: "Rules for what was approved every time, each tried on the past.",
    discussion: Examples.after(
      """
      Looks for actions of one kind that persons approved as they were, \(ApprovalStreak.enough) times
      in a row or more, and words the rule that would let the like of them go by itself: never beyond
      the amount and the days overdue that were approved, never a high risk, never somebody's own
      words. Nothing changes: take the draft, read it, and ask for its activation as for any policy.
      """,
      "aiom policy suggest", "aiom policy suggest --draft 1 > policy.yaml",
      "aiom policy activate policy.yaml --reason \"always approved\""))

  @Option(name: .long, help: "Print the policy with this suggestion, by its number, as YAML.")
  var draft: Int?

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let desk = try await PolicyDesk(Composition.open(global, console))
    let active = try await desk.book.active(desk.org).policy
    let found = try await look(desk, active, console)
    if let draft {
      guard found.indices.contains(draft - 1) else {
        throw Failure(
          .usage, "policy.no_suggestion",
          found.isEmpty
            ? "There is no suggestion." : "There are \(found.count) suggestions, from 1.",
          remedy: "List them with: aiom policy suggest.")
      }
      console.emit(found[draft - 1].json)
      return console.show(PolicyYAML.write(found[draft - 1].suggestion.draft))
    }
    console.emit(["suggestions": .array(found.map(\.json))])
    guard !found.isEmpty else {
      return console.say(
        "Nothing was approved \(ApprovalStreak.enough) times in a row as it was proposed.")
    }
    for (number, tried) in zip(1..., found) { show(number, tried, console) }
    console.say("Nothing has changed. The whole policy: aiom policy suggest --draft 1")
  }

  private func look(
    _ desk: PolicyDesk, _ active: Policy, _ console: Console
  ) async throws -> [TriedSuggestion] {
    let progress = ProgressLine(quiet: console.isJSON)
    defer { progress.end() }
    return try await desk.history.suggestions(desk.org, for: active) { done in
      progress.show("\(done) decisions")
    }
  }

  private func show(_ number: Int, _ tried: TriedSuggestion, _ console: Console) {
    let suggestion = tried.suggestion
    console.say(console.style.bold("\(number)  \(suggestion.rule.id)"))
    for text in [PolicySentences.sentence(suggestion.rule), "Why: " + suggestion.rule.reason] {
      console.show(PolicyShowCommand.paragraph(DisplayText.line(text), console))
    }
    if !suggestion.narrowed.isEmpty {
      console.say("  ask about fewer then: \(suggestion.narrowed.joined(separator: ", "))")
    }
    for name in suggestion.dropped {
      console.say("  a case of yours says the opposite: \(DisplayText.line(name))")
    }
    console.say()
    console.show(PolicyBacktestCommand.text(tried.past, console))
    console.say()
  }
}
