import ActionProtocol
import Addressing
import ArgumentParser
import Cards
import Decisions
import Engine
import Insights

struct OutreachShowCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show what a customer or an address was sent, and when the next may go.",
    discussion: Examples.after(
      """
      WHO is a partner's id, a mailbox, or a number (+15551234567). The latest message comes first.
      Counted is what was sent, what is on its way, and what nobody knows the outcome of; what other
      programs sent as well, where it was imported. Business hours, limits and duplicate checks are
      those of a message: `aiom outreach explain` has them.
      """,
      "aiom outreach show 7", "aiom outreach show ann@example.org --limit 50",
      "aiom outreach show +15551234567 --json"))

  @Argument(help: "A partner's id, a mailbox, or a number.")
  var who: String

  @Option(name: .long, help: "Only what is older: a day, or an instant.")
  var before: String?

  @Option(name: .long, help: "How many at most, on each channel.")
  var limit = 20

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    guard (1...OutreachReader.mostEntries).contains(limit) else {
      throw Failure(.usage, "outreach.limit", "--limit must be from 1 to 1000.", remedy: "")
    }
    let query = try Self.query(who)
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation()
    let zone = organisation.profile.zone
    let (pictures, now) = try await OutreachReader(house.context).pictures(
      organisation.id, of: query,
      before: try InstantOption.value(before, "--before", zone: zone), limit: limit)
    let view = OutreachView(pictures: pictures, now: now, time: LocalTime(zone), limit: limit)
    console.emit(view.json)
    console.show(view.rendered(style: console.style))
  }

  private static func query(_ text: String) throws -> OutreachQuery {
    if let number = Int64(text), !text.hasPrefix("+") {
      guard let partner = PartnerID(rawValue: number) else {
        throw Failure(
          .usage, "outreach.who", "A partner's id is a number above 0.",
          remedy: "Name a partner, a mailbox or a number.")
      }
      return .partner(partner)
    }
    guard text.hasPrefix("+") || text.contains("@") else {
      throw Failure(
        .usage, "outreach.who", "This is no partner's id, no mailbox and no number.",
        remedy: "Write 7, ann@example.org or +15551234567.")
    }
    return .address(try SuppressionAddress(text))
  }
}
