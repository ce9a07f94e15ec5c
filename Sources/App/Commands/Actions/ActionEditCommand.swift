import ActionProtocol
import Addressing
import ArgumentParser
import Decisions
import Engine

struct ActionEditCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "edit",
    abstract: "Change the message of an action: a new revision, approved anew.",
    discussion: Examples.after(
      """
      Any earlier approval is void. A new text without --html-file drops the HTML version, because
      the old one would say something else.
      """,
      "aiom action edit 0193f2 --subject \"Payment reminder\"",
      "aiom action edit 0193f2 --body-file text.txt --html-file text.html",
      "aiom action edit 0193f2 --sms \"Please call us about invoice INV-2024-001.\""))

  @Argument(help: "The action's id, or its first characters.")
  var id: String

  @Option(name: .long, help: "The new subject.")
  var subject: String?

  @Option(
    name: .long, help: "The new text, from a file or - for standard input.", completion: .file())
  var bodyFile: String?

  @Option(name: .long, help: "The new HTML version, from a file.", completion: .file())
  var htmlFile: String?

  @Option(name: .long, help: "The new text of an SMS.")
  var sms: String?

  @Option(
    name: .long,
    help: "A new recipient, from the customer's records. May be repeated; replaces all of them.")
  var to: [String] = []

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    guard subject != nil || bodyFile != nil || htmlFile != nil || sms != nil || !to.isEmpty else {
      throw Failure(
        .usage, "edit.nothing", "Nothing to change was given.",
        remedy: "Add --subject, --body-file, --html-file, --sms or --to.")
    }
    let edit = try edit()
    let desk = try await ActionDesk(Composition.open(global, console))
    let state = try await desk.find(id)
    let edited = try await desk.approvals.edit(
      desk.org, state.id, edit, by: desk.author(.decide), via: "cli")
    desk.announce(
      edited,
      "Revision \(edited.revision) waits for approval. `aiom action show \(edited.id.rawValue)`",
      console)
  }

  private func edit() throws -> ActionEdit {
    var edit = ActionEdit()
    edit.subject = subject
    if let bodyFile {
      edit.bodyText = try InputFile.text(bodyFile)
    }
    if let htmlFile { edit.bodyHTML = .some(try InputFile.text(htmlFile)) }
    edit.sms = sms
    if !to.isEmpty { edit.to = try to.map(AddressOption.email) }
    return edit
  }
}
