import ActionProtocol
import ArgumentParser
import Decisions

struct PolicyFieldsCommand: HouseCommand {
  static let configuration = CommandConfiguration(
    commandName: "fields",
    abstract: "What rules can look at: every field with its type, operators and meaning.",
    discussion: Examples.after(
      """
      A field of source proposer is what a proposer or a text says: rules that rest on it may only
      make things stricter.
      """,
      "aiom policy fields", "aiom policy fields --type send_invoice_reminder"))

  @Option(name: .long, help: "Only the fields that actions of this type have.")
  var type: String?

  @OptionGroup var output: OutputOptions

  func perform(_ console: Console) async throws {
    let fields = try chosen()
    console.emit(["fields": .array(fields.map(\.json))])
    for field in fields {
      let style = console.style
      let row = field.row
      console.say(
        "\(style.bold(row.name))  \(style.faint("\(row.type.name), \(row.source.rawValue)"))")
      console.show(PolicyShowCommand.paragraph(row.meaning, console))
      if let words = row.type.words {
        console.show(
          PolicyShowCommand.paragraph("words: " + words.joined(separator: ", "), console))
      }
      let operators = row.type.operators.map(\.rawValue).joined(separator: ", ")
      console.show(PolicyShowCommand.paragraph("op: " + operators, console))
      console.show(PolicyShowCommand.paragraph("on: " + Self.scope(field), console))
    }
  }

  private func chosen() throws -> [PolicyField] {
    guard let type else { return PolicyField.allCases }
    guard let type = ActionType(rawValue: type) else {
      throw Failure(
        .usage, "type.unknown", "There is no action type \(DisplayText.line(type)).",
        remedy: "There are: \(ActionType.allCases.map(\.rawValue).joined(separator: ", ")).")
    }
    return PolicyFields.fields(of: type)
  }

  private static func scope(_ field: PolicyField) -> String {
    let types = field.row.scope
    if types.count == ActionType.allCases.count { return "every type" }
    return ActionType.allCases.filter(types.contains).map(\.rawValue).joined(separator: ", ")
  }
}
