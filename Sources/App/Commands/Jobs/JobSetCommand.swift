import ActionProtocol
import ArgumentParser
import Cards
import Decisions
import Engine
import Insights

struct JobSetCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "set",
    abstract: "Give a job a schedule of its own, or the standard one again.",
    discussion: Examples.after(
      """
      A schedule has five fields: minute, hour, day of the month, month, day of the week. Each is *,
      a number, a name (JAN, MON), a range (8-17, MON-FRI), a step (*/15, 8-17/2) or a list of these
      with commas. Where both kinds of days are given, either is enough.

      --missed says what becomes of times that passed while nothing ran: run_once makes up for them
      with one run, skip leaves them out. Recorded in the audit trail.
      """,
      "aiom job set financial_analysis --schedule \"0 7-18 * * MON-FRI\"",
      "aiom job set financial_analysis --missed skip",
      "aiom job set financial_analysis --standard"))

  @Argument(help: "The job.", completion: .list(JobNameOption.all))
  var job: String

  @Option(name: .long, help: "Five fields in quotes.")
  var schedule: String?

  @Option(
    name: .long, help: "run_once or skip.",
    completion: .list(MissedRunRule.allCases.map(\.rawValue)))
  var missed: String?

  @Flag(name: .long, help: "The standard schedule and rule again.")
  var standard = false

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let name = try JobNameOption.name(job)
    let (schedule, missed) = try wishes()
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation()
    let jobs = Jobs(house.context)
    let changed: Bool
    do {
      changed = try await jobs.set(
        organisation.id, name, schedule: schedule, missed: missed,
        by: house.author(.settings, in: organisation.id), via: "cli")
    } catch let error as CronError {
      throw Failure(.usage, error.description, error.message, remedy: error.remedy)
    }
    let entry = try await jobs.list(organisation.id).entries.first { $0.job.name == name }
    console.emit([
      "changed": .bool(changed), "job": entry.map(JobView.json) ?? .null,
    ])
    console.say(changed ? "\(name.rawValue) is set." : "Nothing changed.")
    if let next = entry?.job.nextAt, entry?.job.pausedAt == nil {
      console.say("It runs next on \(LocalTime(organisation.profile.zone).text(next)).")
    }
  }

  private func wishes() throws -> (Jobs.Wish<String>, Jobs.Wish<MissedRunRule>) {
    if standard, schedule == nil, missed == nil { return (.standard, .standard) }
    guard !standard, schedule != nil || missed != nil else {
      throw Failure(
        .usage, "job.nothing", "Nothing to set was given, or --standard together with others.",
        remedy: "Add --schedule, --missed, or --standard alone.")
    }
    let rule = try missed.map { text -> MissedRunRule in
      if let rule = MissedRunRule(rawValue: text.replacing("-", with: "_")) { return rule }
      throw Failure(
        .usage, "job.missed", "There is no rule \(DisplayText.line(text)).",
        remedy: "There are: run_once, skip.")
    }
    return (schedule.map { .own($0) } ?? .keep, rule.map { .own($0) } ?? .keep)
  }
}
