import ActionProtocol
import ArgumentParser
import Cards
import Decisions
import Engine
import Insights

/// What waits for a decision.
struct InboxCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "inbox",
    abstract: "What waits for your decision, newest first.",
    discussion: Examples.after(
      """
      What is snoozed is left out, and comes back by itself. --mine shows what was handed over to
      whoever is signed in.
      """,
      "aiom inbox", "aiom inbox --mine", "aiom inbox --type send_invoice_reminder --json",
      "aiom inbox --after CURSOR"))

  @Flag(name: .long, help: "Only what was handed over to you.")
  var mine = false

  @Flag(name: .long, help: "Also what is snoozed.")
  var snoozed = false

  @Option(
    name: .long, help: "Only actions of this type.",
    completion: .list(ActionType.allCases.map(\.rawValue)))
  var type: String?

  @Option(name: .long, help: "How many at most, 1 to 1000.")
  var limit = 50

  @Option(name: .long, help: "The `next` of the page before.")
  var after: String?

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let house = try await Composition.open(global, console)
    let organisation = try await house.readable(house.organisation())
    let page = try await Inbox(house.context).page(organisation.id, filter(house))
    let stop = try await StopView.standing(house, organisation.id)
    var json = page.json.objectValue ?? [:]
    json["stopped"] = stop?.json ?? .null
    console.emit(.object(json))
    if let banner = StopView.banner(stop) { console.say(banner) }
    guard !page.items.isEmpty else { return console.say(empty(page)) }
    let time = LocalTime(organisation.profile.zone)
    console.show(
      ActionStateView.table(
        page.items.map(\.state), time: time, now: SystemClock.now(), style: console.style,
        width: console.width))
    let digits = ActionStateView.shortestUniquePrefix(page.items.map(\.state.id.rawValue))
    for item in page.items {
      note(item, time).map { console.say("\(item.state.id.rawValue.prefix(digits)): \($0)") }
    }
    console.say()
    let more = page.next.map { " The next page: --after \($0.text)" } ?? ""
    console.say(
      "\(page.waiting) wait. `aiom action show ID` shows the card, `aiom action approve ID` asks."
        + more)
  }

  private func filter(_ house: House) throws -> InboxFilter {
    guard (1...1000).contains(limit) else {
      throw Failure(
        .usage, "inbox.limit", "--limit must be from 1 to 1000.", remedy: "Leave it out for 50.")
    }
    var filter = InboxFilter(includesSnoozed: snoozed, limit: limit)
    if mine {
      guard let person = house.caller.person else {
        throw Failure(
          .refused, "inbox.nobody", "Nobody is signed in, so nothing is yours in particular.",
          remedy: "Sign in with `aiom login`, or leave --mine out.")
      }
      filter.assignedTo = person
    }
    if let type {
      guard let known = ActionType(rawValue: type) else {
        throw Failure(
          .usage, "inbox.type", "There is no type \(type.prefix(60)).",
          remedy: "There are: \(ActionType.allCases.map(\.rawValue).joined(separator: ", ")).")
      }
      filter.type = known
    }
    if let after {
      guard let cursor = ActionCursor(after) else {
        throw Failure(
          .usage, "inbox.cursor", "--after is no `next` of a page.",
          remedy: "Copy it from the page before, or leave it out.")
      }
      filter.before = cursor
    }
    return filter
  }

  private func empty(_ page: InboxPage) -> String {
    if page.waiting > 0 {
      return "Nothing of this kind waits; \(page.waiting) others do: aiom inbox"
    }
    return snoozed
      ? "Nothing waits for a decision. `aiom analyze` proposes what the records ask for."
      : "Nothing waits for a decision. `aiom inbox --snoozed` also shows what was put off."
  }

  private func note(_ item: InboxItem, _ time: LocalTime) -> String? {
    guard let mark = item.mark else { return nil }
    var words: [String] = []
    if mark.hasQuestion { words.append("a question is open") }
    if let person = mark.assignedTo { words.append("handed over to \(person.rawValue)") }
    if let until = mark.snoozedUntil, mark.revision == item.state.revision,
      until > SystemClock.now()
    {
      words.append("snoozed until \(time.text(until))")
    }
    return words.isEmpty ? nil : words.joined(separator: "; ")
  }
}
