import ActionProtocol
import ArgumentParser
import Cards
import Decisions
import Engine
import Insights

struct OutreachExplainCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say whether an action's message may go now, and every reason why not.",
    discussion: Examples.after(
      """
      Asks the same rules that decide when it is sent, on what is known now. Each reason has its
      rule, what was found, what is allowed, and when it ends where that can be said. Changes nothing.
      """,
      "aiom outreach explain 0193f2", "aiom outreach explain 0193f2 --json"))

  @Argument(help: "The action's id, or its first characters.")
  var id: String

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let desk = try await ActionDesk(Composition.open(global, console))
    let card = try await desk.card(id)
    let time = LocalTime(card.organisation.profile.zone)
    let reasons = card.guardVerdict?.reasons ?? []
    console.emit([
      "action_id": .string(card.state.id.rawValue), "now": .string(card.now.rfc3339),
      "verdict": card.guardVerdict.map { .string(VerdictView.word($0)) } ?? .null,
      "until": card.guardVerdict.map(VerdictView.until) ?? .null,
      "reasons": .array(reasons.map { Self.json($0, card) }),
    ])
    console.say(Self.sentence(card.guardVerdict, time, card.now))
    guard !reasons.isEmpty else { return }
    var table = TextTable([
      .left("RULE"), .left("WHY"), .left("FOUND"), .left("ALLOWED"), .left("WHO"), .left("ENDS"),
    ])
    for reason in reasons {
      let since = reason.since.map { "since \(time.text($0))" }
      table.add([
        reason.rule, StateWording.rule(reason.rule),
        [reason.found, since].compactMap { $0 }.joined(separator: ", "),
        reason.limit.words, reason.address.flatMap(card.recipient) ?? "",
        reason.until.map(time.text) ?? "when a person ends it",
      ])
    }
    console.show(table.rendered(style: console.style))
  }

  private static func sentence(
    _ verdict: GuardVerdict?, _ time: LocalTime, _ now: Instant
  ) -> String {
    switch verdict {
    case nil: "No customer sees what it does: the rules for messages do not bind it."
    case .send: "It may go now, as far as the rules for messages say."
    case .wait(let until, _):
      "Not before \(time.text(until)) (\(LocalTime.distance(until, from: now)))."
    case .needsPerson: "It waits until a person corrects it."
    case .drop: "It would never be sent."
    }
  }

  private static func json(_ reason: GuardReason, _ card: ActionCard) -> JSONValue {
    var json = VerdictView.reason(reason)
    json["words"] = .string(StateWording.rule(reason.rule))
    json["recipient"] = reason.address.flatMap(card.recipient).map { .string($0) } ?? .null
    return .object(json)
  }
}
