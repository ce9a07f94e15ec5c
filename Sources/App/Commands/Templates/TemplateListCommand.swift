import ActionProtocol
import ArgumentParser
import Cards
import Connectors
import Insights

struct TemplateListCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the templates, their languages and what is your own.",
    discussion: Examples.after("", "aiom template list", "aiom template list --json"))

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let directory = TemplateName.directory(try Composition.settings(global, console))
    let shelf = TemplateShelf(directory: directory)
    var table = TextTable([.left("TEMPLATE"), .left("LANGUAGES"), .left("FOR")])
    for definition in TemplateCatalogue.all {
      let languages = Self.entries(definition, shelf).map {
        $0.ownParts.isEmpty
          ? $0.language : "\($0.language) (own: \($0.ownParts.joined(separator: ", ")))"
      }
      table.add([definition.name, languages.joined(separator: ", "), definition.purpose])
    }
    console.emit([
      "templates": .array(TemplateCatalogue.all.map { Self.json($0, shelf) }),
      "errors": .integer(Int64(shelf.problems.count { $0.isError })),
    ])
    console.show(table.rendered(style: console.style))
    if shelf.problems.contains(where: \.isError) {
      console.say("Some of your own texts cannot be used: aiom template check")
    }
  }

  private static func entries(
    _ definition: TemplateDefinition, _ shelf: TemplateShelf
  ) -> [TemplateShelf.Entry] {
    shelf.entries.filter { $0.definition.name == definition.name }
  }

  private static func json(_ definition: TemplateDefinition, _ shelf: TemplateShelf) -> JSONValue {
    [
      "name": .string(definition.name), "purpose": .string(definition.purpose),
      "languages": .array(
        entries(definition, shelf).map { entry in
          [
            "language": .string(entry.language),
            "own": .array(entry.ownParts.map { .string($0) }),
          ]
        }),
    ]
  }
}
