import ActionProtocol
import ArgumentParser
import Foundation

struct ConfigCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Print every setting, its value, where that came from, and what it does.",
    discussion: Examples.after(
      """
      A setting is taken from the first place that has it: a flag, the environment, the file .env
      in the working directory, .env in AIOM_HOME, the default. Placeholders such as
      your-api-key-here count as unset. Secrets are never printed.
      """,
      "aiom config", "aiom config --json", "AIOM_DELIVERY=redirect aiom config"))

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let environment = ProcessInfo.processInfo.environment
    let directory = FileManager.default.currentDirectoryPath
    let reader = try SettingsReader(
      flags: global.flags, environment: environment, directory: directory)
    let rows = try reader.resolve()
    console.show(Self.table(rows, style: console.style))
    let settings = try Settings(
      rows, directory: directory, environment: environment, fileWarnings: reader.warnings)
    settings.warnings.forEach(console.warn)
    console.emit(["settings": .array(rows.map(Self.json))])
  }

  private static func json(_ row: ResolvedSetting) -> JSONValue {
    var object: JSONObject = [
      "key": .string(row.row.key.rawValue), "type": .string(row.row.typeName),
      "value": row.given == nil && row.row.fallback == nil ? .null : .string(row.shown),
      "source": .string(row.source.label), "default": row.row.fallback.map { .string($0) } ?? .null,
      "range": .string(row.row.range), "secret": .bool(row.row.isSecret),
      "meaning": .string(row.row.meaning),
    ]
    object["placeholder_in"] = row.placeholderIn.map { .string($0.label) }
    object["problem"] = row.problem.map { .string($0) }
    return .object(object)
  }

  private static func table(_ rows: [ResolvedSetting], style: Style) -> String {
    var table = TextTable([.left("SETTING"), .left("VALUE"), .left("SOURCE"), .left("MEANING")])
    for row in rows {
      let source = row.placeholderIn.map { "\(row.source.label) (placeholder in \($0.label))" }
      table.add([
        row.row.key.rawValue, row.shown.isEmpty ? "-" : row.shown, source ?? row.source.label,
        row.row.meaning,
      ])
    }
    return table.rendered(style: style)
  }
}
