import ArgumentParser
import Connectors
import Foundation
import Insights

struct TemplateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template",
    abstract: "The texts of messages: list, show, check, preview and fill them.",
    discussion: Examples.after(
      """
      Put your own texts into the directory templates in AIOM_HOME, one file a part:
      invoice_reminder.de.txt beside .subject and .html; what has no file stays as shipped. An unknown
      name, or a tag that is not allowed, is an error with its line, and AIOM does not start with it.
      Names and rules: docs/reference/templates.md.
      """,
      "aiom template list", "aiom template show invoice_reminder --language de",
      "aiom template check", "aiom template preview invoice_reminder",
      "aiom template preview payment_confirmation --customer \"Acme Corp\" --html"),
    subcommands: [
      TemplateListCommand.self, TemplateShowCommand.self, TemplateCheckCommand.self,
      TemplatePreviewCommand.self, TemplateRenderCommand.self,
    ])
}

/// Which template somebody means.
enum TemplateName {
  static func definition(_ name: String) throws -> TemplateDefinition {
    if let found = TemplateCatalogue.definition(name.replacing("-", with: "_")) { return found }
    let names = TemplateCatalogue.all.map(\.name).joined(separator: ", ")
    throw Failure(
      .usage, "template.name", "There is no template \(name).", remedy: "There are: \(names).")
  }

  /// The company's own texts, where there are any.
  static func directory(_ settings: Settings) -> String? {
    let path = SettingsReader.join(settings.home, "templates")
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }
}
