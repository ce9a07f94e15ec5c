import ActionProtocol
import ArgumentParser
import Cards
import Engine
import Insights

struct ConsentListCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the consents on record, oldest first.",
    discussion: Examples.after(
      """
      Those that nobody withdrew, also where they have ended; with --address all that there ever were
      of it.
      """,
      "aiom consent list", "aiom consent list --address +15551234567",
      "aiom consent list --after 0193f2… --json"))

  @Option(name: .long, help: "Only those of a mailbox or a number (+15551234567).")
  var address: String?

  @Option(name: .long, help: "Begin after this id.")
  var after: String?

  @Option(name: .long, help: "How many at most.")
  var limit = 200

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    guard (1...10_000).contains(limit) else {
      throw Failure(.usage, "consent.limit", "--limit must be from 1 to 10000.", remedy: "")
    }
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation()
    let service = Consents(house.context)
    let (found, now) =
      if let address {
        try await service.list(organisation.id, of: SuppressionAddress(address))
      } else {
        try await service.list(organisation.id, after: after, limit: limit)
      }
    console.emit(["consents": .array(found.map { ConsentView.json($0, at: now) })])
    guard !found.isEmpty else {
      console.say("No consent on record. `aiom consent add` or `aiom consent import` records some.")
      return
    }
    let view = ConsentView(time: LocalTime(organisation.profile.zone), now: now)
    console.show(view.table(found).rendered(style: console.style))
    if address == nil, found.count == limit, let last = found.last {
      console.say("More: `aiom consent list --after \(last.id)`")
    }
  }
}
