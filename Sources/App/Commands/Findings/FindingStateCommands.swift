import ActionProtocol
import ArgumentParser
import Cards
import Decisions
import Engine
import Insights

/// What the commands that change a finding share.
struct FindingChangeOptions: ParsableArguments {
  @Argument(help: "Its number.")
  var number: String

  @Option(name: .long, help: "Why, for the audit trail.")
  var reason: String?
}

struct FindingAcknowledgeCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "acknowledge",
    abstract: "Say that you know; it is listed no more until it worsens.",
    discussion: Examples.after("", "aiom finding acknowledge 12"))

  @OptionGroup var change: FindingChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    try await FindingDesk(change, global, console).say { _, _ in .acknowledge }
  }
}

struct FindingSnoozeCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "snooze", abstract: "Put a finding off; it is open again on that day.",
    discussion: Examples.after(
      "", "aiom finding snooze 12 --days 7", "aiom finding snooze 12 --until 2026-12-01"))

  @OptionGroup var change: FindingChangeOptions

  @Option(name: .long, help: "For so many days, 1 to 365.")
  var days: Int?

  @Option(name: .long, help: "Until the beginning of a day.")
  var until: String?

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    guard (days == nil) != (until == nil), days.map({ (1...365).contains($0) }) ?? true else {
      throw Failure(
        .usage, "finding.until", "Say until when: --days 1 to 365, or --until DATE.",
        remedy: "For example: aiom finding snooze \(change.number) --days 7.")
    }
    let day = try DayOption.value(until, "--until")
    try await FindingDesk(change, global, console).say { organisation, now in
      let end = day ?? organisation.day(now).adding(days: days ?? 1)
      return .snooze(until: WallClock.instant(end, minutes: 0, in: organisation.profile.zone))
    }
  }
}

struct FindingResolveCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "resolve",
    abstract: "Say that it is done; it stays so until it worsens or begins anew.",
    discussion: Examples.after(
      "", "aiom finding resolve 12 --reason \"payment plan agreed\""))

  @OptionGroup var change: FindingChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    try await FindingDesk(change, global, console).say { _, _ in .resolve }
  }
}

/// Changes a finding and shows it.
struct FindingDesk {
  private let change: FindingChangeOptions
  private let global: GlobalOptions
  private let console: Console

  init(_ change: FindingChangeOptions, _ global: GlobalOptions, _ console: Console) {
    self.change = change
    self.global = global
    self.console = console
  }

  func say(_ word: (Organisation, Instant) -> Findings.Word) async throws {
    let number = try FindingNumber.value(change.number)
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation()
    let author = try await house.author(.decide, in: organisation.id)
    let now = try await house.store.read { $0.now }
    let findings = Findings(house.context)
    let changed = try await findings.say(
      word(organisation, now), about: number, in: organisation.id, note: change.reason, by: author,
      via: "cli")
    let record: FindingRecord
    if let changed {
      record = changed
    } else {
      record = try await findings.finding(organisation.id, number)
    }
    let view = FindingView(time: LocalTime(organisation.profile.zone), now: now)
    console.emit(["changed": .bool(changed != nil), "finding": view.json(record)])
    console.say(
      changed == nil
        ? "Finding \(number) was \(view.state(record)) already."
        : "Finding \(number) is \(view.state(record)).")
  }
}
