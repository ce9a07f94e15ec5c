import ArgumentParser
import Foundation
import Testing

@testable import App

@Suite struct HelpTests {
  /// A command with the words that lead to it.
  struct Command: Sendable, CustomTestStringConvertible {
    let words: [String]
    let type: any ParsableCommand.Type

    var testDescription: String { words.joined(separator: " ") }
    var file: String { "help/\(words.joined(separator: "-")).txt" }

    /// The commands below and including this one. Benchmarks are the developers' own.
    var all: [Command] {
      [self]
        + type.configuration.subcommands.flatMap { child -> [Command] in
          let name = child.configuration.commandName ?? child._commandName
          return name == "bench" ? [] : Command(words: words + [name], type: child).all
        }
    }
  }

  static let commands = Command(words: ["aiom"], type: AIOM.self).all

  @Test(arguments: commands)
  func `the help is as reviewed`(_ command: Command) throws {
    let help = AIOM.helpMessage(for: command.type, columns: 80)
    try GoldenFile.expect(help + "\n", matches: command.file)
  }

  @Test(arguments: commands)
  func `every help shows examples that exist`(_ command: Command) {
    let help = AIOM.helpMessage(for: command.type, columns: 200)
    #expect(help.contains("EXAMPLES:"))
    #expect(help.contains("  aiom"))
  }

  @Test(arguments: commands.filter { $0.type is any HouseCommand.Type })
  func `every command that does something takes --json`(_ command: Command) {
    #expect(AIOM.helpMessage(for: command.type, columns: 200).contains("--json"))
  }

  @Test(arguments: App.ExitStatus.allCases)
  func `every exit code stands in the help`(_ status: App.ExitStatus) {
    let help = AIOM.helpMessage(for: AIOM.self, columns: 200)
    #expect(help.contains("  \(status.rawValue)"))
    let word = status.meaning.split(separator: ",")[0].split(separator: ":")[0]
    #expect(help.contains(word))
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `completions exist for a shell`(_ name: String) throws {
    let shell = try #require(CompletionShell(rawValue: name))
    let script = AIOM.completionScript(for: shell)
    #expect(script.contains("analyze"))
    #expect(script.contains("smtp2go"))
  }
}
