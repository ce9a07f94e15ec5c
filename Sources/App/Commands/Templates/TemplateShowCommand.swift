import ActionProtocol
import ArgumentParser
import Cards
import Connectors
import Insights

struct TemplateShowCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a template's texts and the names that it may use.",
    discussion: Examples.after(
      "", "aiom template show invoice_reminder", "aiom template show deal_follow_up --language de",
      "aiom template show invoice_reminder --html > invoice_reminder.en.html"))

  @Argument(
    help: "The template.", completion: .list(TemplateCatalogue.all.map(\.name)))
  var name: String

  @Option(name: .long, help: "The language, such as de (default: en).")
  var language = "en"

  @Flag(name: .long, help: "The HTML alone, as it is written.")
  var html = false

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let definition = try TemplateName.definition(name)
    let directory = TemplateName.directory(try Composition.settings(global, console))
    let shelf = TemplateShelf(directory: directory)
    guard let entry = shelf.entry(definition.name, language.lowercased()),
      entry.language == language.lowercased()
    else {
      throw Failure(
        .refused, "template.language", "\(definition.name) is not written in \(language).",
        remedy: "`aiom template list` shows the languages.")
    }
    console.emit(Self.json(entry))
    if html { return console.show(entry.html) }
    var text = console.style.bold(definition.purpose) + "\n\n"
    text += "Subject: \(entry.subject)\n\n\(entry.text)\n\n"
    text += console.style.bold("Names") + "\n" + Self.names(definition.variables, "  ")
    console.show(text)
  }

  private static func names(_ variables: [TemplateVariable], _ indent: String) -> String {
    variables.map { variable in
      switch variable.kind {
      case .text: "\(indent){{\(variable.name)}}  \(variable.meaning)\n"
      case .flag: "\(indent){{#\(variable.name)}}  \(variable.meaning)\n"
      case .list(let inner):
        "\(indent){{#\(variable.name)}}  \(variable.meaning)\n" + names(inner, indent + "  ")
      }
    }.joined()
  }

  private static func json(_ entry: TemplateShelf.Entry) -> JSONValue {
    [
      "name": .string(entry.definition.name), "language": .string(entry.language),
      "subject": .string(entry.subject), "text": .string(entry.text), "html": .string(entry.html),
      "own": .array(entry.ownParts.map { .string($0) }),
      "variables": .array(entry.definition.variables.map(json)),
    ]
  }

  private static func json(_ variable: TemplateVariable) -> JSONValue {
    let (kind, names): (String, [TemplateVariable]) =
      switch variable.kind {
      case .text: ("text", [])
      case .flag: ("flag", [])
      case .list(let names): ("list", names)
      }
    return [
      "name": .string(variable.name), "kind": .string(kind), "meaning": .string(variable.meaning),
      "names": .array(names.map(json)),
    ]
  }
}
