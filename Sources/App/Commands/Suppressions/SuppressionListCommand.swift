import ActionProtocol
import ArgumentParser
import Cards
import Engine
import Insights

struct SuppressionListCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the suppressions that bind now, oldest first.",
    discussion: Examples.after(
      """
      An address is shown as it became known, as long as it was not erased; what is compared is a
      digest of its normal form. Also says how it stands with the provider's own list.
      """,
      "aiom suppression list", "aiom suppression list --address ann@example.org",
      "aiom suppression list --after 0193f2… --json"))

  @Option(name: .long, help: "Only those of an address, a domain or a number (+15551234567).")
  var address: String?

  @Option(name: .long, help: "Begin after this id.")
  var after: String?

  @Option(name: .long, help: "How many at most.")
  var limit = 200

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    guard (1...10_000).contains(limit) else {
      throw Failure(.usage, "suppression.limit", "--limit must be from 1 to 10000.", remedy: "")
    }
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation()
    let service = Suppressions(house.context)
    let found: [Suppression]
    if let address {
      found = try await service.list(organisation.id, of: SuppressionAddress(address))
    } else {
      found = try await service.list(organisation.id, after: after, limit: limit)
    }
    let sync = try await service.sync(organisation.id)
    let view = SuppressionView(time: LocalTime(organisation.profile.zone))
    console.emit([
      "suppressions": .array(found.map(\.json)),
      "provider": sync?.json ?? .null,
    ])
    if found.isEmpty {
      console.say("No suppression.")
    } else {
      console.show(view.table(found).rendered(style: console.style))
    }
    console.say(
      OutreachWording(LocalTime(organisation.profile.zone), now: SystemClock.now()).sentence(sync))
    if address == nil, found.count == limit, let last = found.last {
      console.say("More: `aiom suppression list --after \(last.id)`")
    }
  }
}
