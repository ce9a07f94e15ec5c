import ArgumentParser
import Foundation

/// The option that every command has.
struct OutputOptions: ParsableArguments {
  @Flag(name: .long, help: "Print one JSON value on standard output; errors too.")
  var json = false
}

/// The options of every command that works on a database.
struct GlobalOptions: ParsableArguments {
  @OptionGroup var output: OutputOptions

  @Option(
    name: .long, help: "The organisation, where there are several.",
    completion: .shellCommand("aiom org list --ids 2>/dev/null"))
  var org: String?

  @Option(
    name: .long, help: "The database (default: aiom.sqlite in the home directory).",
    completion: .file(extensions: ["sqlite"]))
  var db: String?

  @Option(
    name: .long, help: "The directory of AIOM's files (default: ~/.aiom).",
    completion: .directory)
  var home: String?

  /// The values that win over environment and files.
  var flags: [SettingKey: (name: String, value: String)] {
    var flags: [SettingKey: (name: String, value: String)] = [:]
    if let org { flags[.organisation] = ("--org", org) }
    if let db { flags[.database] = ("--db", db) }
    if let home { flags[.home] = ("--home", home) }
    return flags
  }
}
