import ActionProtocol
import ArgumentParser
import Cards
import Decisions
import Engine

struct ActionSnoozeCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "snooze",
    abstract: "Put an action out of the inbox for a while.",
    discussion: Examples.after(
      """
      It comes back by itself, and at once when its facts change. Its time to be decided goes on: what
      would expire meanwhile is refused.
      """,
      "aiom action snooze 0193f2 --for 3h", "aiom action snooze 0193f2 --for 2d",
      "aiom action snooze 0193f2 --until 2026-12-01T09:00:00Z", "aiom action snooze 0193f2 --off"))

  @Argument(help: "The action's id, or its first characters.")
  var id: String

  @Option(name: .customLong("for"), help: "How long, such as 30m, 3h or 2d.")
  var span: String?

  @Option(name: .long, help: "Until when, RFC 3339.")
  var until: String?

  @Flag(name: .long, help: "Back into the inbox now.")
  var off = false

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let end = try end()
    let desk = try await ActionDesk(Composition.open(global, console))
    let state = try await desk.find(id)
    let mark = try await Inbox(desk.house.context).snooze(
      desk.org, state.id, until: end, by: desk.author(.decide), via: "cli")
    console.emit(["action": state.json, "inbox": mark.json])
    console.say(
      end.map { "Out of the inbox until \(desk.time.text($0))." } ?? "Back in the inbox.")
  }

  private func end() throws -> Instant? {
    guard [span != nil, until != nil, off].count(where: { $0 }) == 1 else {
      throw Failure(
        .usage, "snooze.when", "Give one of --for, --until and --off.",
        remedy: "For three hours: --for 3h.")
    }
    if let span { return SystemClock.now().advanced(by: try Self.duration(span)) }
    guard let until else { return nil }
    guard let instant = Instant(rfc3339: until) else {
      throw Failure(
        .usage, "snooze.until", "--until \(until.prefix(40)) is no time.",
        remedy: "Write it as 2026-12-01T09:00:00Z.")
    }
    return instant
  }

  private static func duration(_ text: String) throws -> Duration {
    let seconds: [Character: Int64] = ["m": 60, "h": 3600, "d": 86_400]
    guard let unit = text.last.flatMap({ seconds[$0] }), let count = Int64(text.dropLast()),
      (1...10_000).contains(count)
    else {
      throw Failure(
        .usage, "snooze.for", "--for \(text.prefix(20)) is no span of time.",
        remedy: "Write it as 30m, 3h or 2d.")
    }
    return .seconds(count * unit)
  }
}

struct ActionDelegateCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "delegate",
    abstract: "Hand an action over to a person who may decide it.",
    discussion: Examples.after(
      "It stands in that person's inbox; whoever else may decide it still may.",
      "aiom action delegate 0193f2 ann", "aiom action delegate 0193f2 --nobody"))

  @Argument(help: "The action's id, or its first characters.")
  var id: String

  @Argument(help: "The short name of the person.")
  var person: String?

  @Flag(name: .long, help: "Back to everybody who may decide it.")
  var nobody = false

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    guard (person != nil) != nobody else {
      throw Failure(
        .usage, "delegate.whom", "Name a person, or give --nobody.",
        remedy: "`aiom person list` shows who there is.")
    }
    let desk = try await ActionDesk(Composition.open(global, console))
    let state = try await desk.find(id)
    let whom = try person.map(AccessOptions.person)
    let mark = try await Inbox(desk.house.context).assign(
      desk.org, state.id, to: whom, by: desk.author(.decide), via: "cli")
    console.emit(["action": state.json, "inbox": mark.json])
    console.say(whom.map { "It is \($0.rawValue)'s now." } ?? "It is everybody's again.")
  }
}

struct ActionSendNowCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "send-now",
    abstract: "End the time in which an approval could be undone.",
    discussion: Examples.after(
      "Business hours, cool-downs and everything else that it may wait for stay.",
      "aiom action send-now 0193f2"))

  @Argument(help: "The action's id, or its first characters.")
  var id: String

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let desk = try await ActionDesk(Composition.open(global, console))
    let state = try await desk.find(id)
    let changed = try await desk.approvals.sendNow(
      desk.org, state.id, digest: state.digest, by: desk.author(.decide), via: "cli")
    desk.announce(changed, desk.whenExecuted(changed), console)
  }
}
