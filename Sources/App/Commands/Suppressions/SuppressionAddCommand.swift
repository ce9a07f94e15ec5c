import ActionProtocol
import ArgumentParser
import Decisions
import Engine

struct SuppressionAddCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Suppress an address, a domain or a number.",
    discussion: Examples.after(
      """
      Binds at once, also for what is approved already. For every message, or with --scope marketing
      only for what nobody has to send. One of the same address, scope and kind is prolonged,
      never shortened. What is for every message and for good is also told the provider at the next
      sync; nothing is ever removed there.
      """,
      "aiom suppression add ann@example.org --reason \"asked on the phone\"",
      "aiom suppression add example.org --kind legal --reason \"letter of 3 March\"",
      "aiom suppression add +15551234567 --days 30 --reason \"on holiday\""))

  enum Scope: String, ExpressibleByArgument, CaseIterable {
    case all, marketing
  }

  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case manual, legal, unsubscribe, complaint, invalid
  }

  @Argument(help: "ann@example.org, example.org for everybody there, or +15551234567.")
  var address: String

  @Option(name: .long, help: "What it forbids.")
  var scope: Scope = .all

  @Option(name: .long, help: "What led to it.")
  var kind: Kind = .manual

  @Option(name: .long, help: "End after so many days, 1 to 3650 (default: never).")
  var days: Int?

  @Option(name: .long, help: "Why, in your words, for the record; asked for at a terminal.")
  var reason: String?

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    if let days, !(1...3650).contains(days) {
      throw Failure(.usage, "suppression.days", "--days must be from 1 to 3650.", remedy: "")
    }
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation()
    let wish = Suppressions.Wish(
      address: try SuppressionAddress(address), scope: SuppressionScope(rawValue: scope.rawValue),
      reason: SuppressionReason(rawValue: kind.rawValue) ?? .manual,
      expiresAt: days.map { SystemClock.now().advanced(by: .seconds($0 * 86_400)) })
    let reason = try ReasonOption.reason(reason, "Why is it suppressed?", console)
    let (kept, answer) = try await Suppressions(house.context).add(
      organisation.id, wish, note: reason, by: house.author(.suppress, in: organisation.id),
      via: "cli")
    console.emit([
      "suppression": kept.json, "answer": .string("\(answer)"),
    ])
    console.say(Self.sentence(answer, kept))
  }

  private static func sentence(_ answer: SuppressionInsert, _ kept: Suppression) -> String {
    switch answer {
    case .added: "Suppressed: \(kept.id)."
    case .prolonged: "It was suppressed already and is so for longer now: \(kept.id)."
    case .known: "It was suppressed already, as long or longer: \(kept.id). Nothing was changed."
    }
  }
}
