import ActionProtocol
import ArgumentParser

struct MigrateCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "migrate",
    abstract: "Bring the database to the schema of this program.",
    discussion: Examples.after(
      """
      Creates the database where there is none. Steps are only ever added; each runs once, whole or
      not at all, however many processes start at the same time. Make a backup first.
      """,
      "aiom migrate", "aiom migrate --db aiom.sqlite --json"))

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let settings = try Composition.settings(global, console)
    let (applied, version) = try await Composition.migrate(settings)
    console.emit([
      "database": .string(settings.database), "schema": .integer(Int64(version)),
      "applied": .array(applied.map { .string($0) }),
    ])
    if applied.isEmpty { console.say("Nothing to do: the schema is \(version).") }
    for name in applied { console.say("applied \(name)") }
    if !applied.isEmpty { console.say("The schema is \(version) now.") }
  }
}
