import ActionProtocol
import ArgumentParser
import Connectors
import Foundation
import Insights

struct TemplateCheckCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check your own texts: names, tags, and what readers might mind.",
    discussion: Examples.after(
      """
      Exit code 0 where all can be used, 1 where something is an error. An error names file, line and
      what is wrong; a warning (length, links, promotional words where they have no place, HTML that
      mail programs refuse, text and HTML that differ) changes nothing.
      """,
      "aiom template check", "aiom template check ./drafts --json"))

  @Argument(
    help: "The directory (default: templates in AIOM_HOME).", completion: .directory)
  var directory: String?

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let settings = try Composition.settings(global, console)
    let shelf = TemplateShelf(directory: directory ?? TemplateName.directory(settings))
    let errors = shelf.problems.filter(\.isError)
    console.emit([
      "usable": .bool(errors.isEmpty), "templates": .integer(Int64(shelf.entries.count)),
      "problems": .array(shelf.problems.map(Self.json)),
    ])
    for problem in shelf.problems {
      let place = problem.file + (problem.line.map { ":\($0)" } ?? "")
      let kind = problem.isError ? "error" : "warning"
      console.say("\(kind): \(place): \(DisplayText.line(problem.detail)) (\(problem.code))")
    }
    let own = shelf.entries.count { !$0.ownParts.isEmpty }
    guard errors.isEmpty else { throw ExitCode.refused }
    console.say("usable: \(shelf.entries.count) texts, \(own) with parts of your own")
  }

  private static func json(_ problem: TemplateShelf.Problem) -> JSONValue {
    [
      "error": .bool(problem.isError), "file": .string(problem.file),
      "line": problem.line.map { .integer(Int64($0)) } ?? .null, "code": .string(problem.code),
      "detail": .string(problem.detail),
    ]
  }
}
