import ActionProtocol
import ArgumentParser
import Cards
import Decisions
import Engine
import Insights

struct BriefingCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "briefing",
    abstract: "What happened, what waits, money, risks and plan of a day.",
    discussion: Examples.after(
      """
      The jobs briefing (06:00) and evening_summary (18:00, both on the organisation's clocks) compose
      one and keep it; where there is nothing to say, none is kept. Nothing is sent.
      """,
      "aiom briefing show", "aiom briefing show --evening", "aiom briefing list",
      "aiom job set briefing --schedule \"30 7 * * MON-FRI\""),
    subcommands: [BriefingShowCommand.self, BriefingListCommand.self])
}

struct BriefingShowCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "The last briefing, that of a day, or one of this moment.",
    discussion: Examples.after(
      "", "aiom briefing show", "aiom briefing show --now", "aiom briefing show --evening --json",
      "aiom briefing show --day 2026-11-23"))

  @Flag(name: .long, help: "The evening's summary instead of the morning's briefing.")
  var evening = false

  @Flag(name: .long, help: "Compose one of this moment; nothing is stored.")
  var now = false

  @Option(name: .long, help: "That of a day.")
  var day: String?

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let day = try DayOption.value(day, "--day")
    if now, day != nil {
      throw Failure(
        .usage, "briefing.now", "--now and --day do not go together.",
        remedy: "Leave one of them out.")
    }
    let house = try await Composition.open(global, console)
    let org = try await house.organisation().id
    let kind: Briefing.Kind = evening ? .evening : .morning
    let briefer = Briefer(house.context)
    let briefing =
      now
      ? try await briefer.compose(org, kind)
      : try await briefer.last(org, kind, on: day)?.briefing
    console.emit(["briefing": briefing?.json ?? .null])
    console.show(
      briefing.map { BriefingView.rendered($0, console.style) }
        ?? (now ? "Nothing to say.\n" : Self.none))
  }

  private static let none = """
    None was kept. `aiom briefing show --now` composes one; `aiom serve` does so every day.

    """
}

struct BriefingListCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The briefings that were kept, the newest first.",
    discussion: Examples.after("", "aiom briefing list", "aiom briefing list --json"))

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation()
    let kept = try await Briefer(house.context).archive(organisation.id, limit: 60)
    let time = LocalTime(organisation.profile.zone)
    console.emit([
      "briefings": .array(
        kept.map {
          [
            "kind": .string($0.briefing.kind.rawValue), "day": .string($0.briefing.day.iso),
            "made_at": .string($0.madeAt.rfc3339),
            "sections": .array($0.briefing.sections.map { .string($0.name) }),
          ]
        })
    ])
    var table = TextTable([.left("DAY"), .left("KIND"), .left("MADE"), .left("ABOUT")])
    for record in kept {
      table.add([
        record.briefing.day.iso, record.briefing.kind.rawValue, time.text(record.madeAt),
        record.briefing.sections.map(\.name).joined(separator: ", "),
      ])
    }
    console.show(table.isEmpty ? "None was kept.\n" : table.rendered(style: console.style))
  }
}

/// A briefing for people.
enum BriefingView {
  static func rendered(_ briefing: Briefing, _ style: Style) -> String {
    let title = briefing.kind == .morning ? "Briefing" : "Evening summary"
    return style.bold("\(title) of \(briefing.day.iso)") + "\n"
      + briefing.sections.map { section in
        "\n" + style.bold(section.title) + "\n"
          + section.lines.map { line in
            DisplayText.wrap(DisplayText.line(line), width: 94).enumerated()
              .map { ($0 == 0 ? "  " : "    ") + $1 + "\n" }.joined()
          }.joined()
      }.joined()
  }
}
