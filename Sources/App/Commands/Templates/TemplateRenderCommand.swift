import ActionProtocol
import ArgumentParser
import Connectors
import Insights

struct TemplateRenderCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "render",
    abstract: "Fill templates with values from JSON lines.",
    discussion: Examples.after(
      """
      Reads one JSON object a line and answers one a line; no database is read. A line has template, \
      values and, where it is not English, language. docs/reference/harness.md lists every member.
      """,
      #"echo '{"template": "deal_check_in", "language": "de", "values": {…}}' | aiom template render"#,
      "aiom template render messages.jsonl"))

  @Argument(help: "A file, or - for standard input.", completion: .file(extensions: ["jsonl"]))
  var file = "-"

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let directory = TemplateName.directory(try Composition.settings(global, console))
    let drafting = try MustacheDrafting(directory: directory)
    try JSONLines.answer(file) { line throws(LineIssue) in try Self.members(line, drafting) }
  }

  static func members(
    _ line: JSONLine, _ drafting: MustacheDrafting
  ) throws(LineIssue) -> JSONLines.Members {
    guard let template = try line.text("template") else {
      throw line.wrong("template", "no text", "Name one of `aiom template list`.")
    }
    let language = drafting.resolvedLanguage(template, wanted: try line.text("language") ?? "en")
    let values = try line.line("values").members
    do throws(DraftingError) {
      let message = try drafting.draft(template, language: language, values: values)
      return [
        ("language", .string(language)), ("subject", .string(message.subject)),
        ("text", .string(message.text)), ("html", .string(message.html)),
      ]
    } catch {
      throw LineIssue(
        error.code, "\(error.template): \(error.detail).",
        "`aiom template show NAME` lists the names that it needs.")
    }
  }
}
