import ActionProtocol
import ArgumentParser
import Connectors
import Engine
import Insights

struct TemplatePreviewCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview", abstract: "Fill a template from your own records and show it.",
    discussion: Examples.after(
      """
      invoice_reminder, payment_confirmation and deal_follow_up are filled from the records of the first
      customer whom they suit now; the others, and all with --sample, from invented values. Nothing is
      stored, proposed or sent.
      """,
      "aiom template preview invoice_reminder",
      "aiom template preview invoice_reminder --customer \"Acme Corp\" --language de",
      "aiom template preview payment_confirmation --html > preview.html",
      "aiom template preview task_notification --sample"))

  @Argument(
    help: "The template.", completion: .list(TemplateCatalogue.all.map(\.name)))
  var name: String

  @Option(name: .long, help: "The language (default: the customer's).")
  var language: String?

  @Option(name: .long, help: "The customer's number, or exactly its name.")
  var customer: String?

  @Flag(name: .long, help: "With invented values.")
  var sample = false

  @Flag(name: .long, help: "The HTML alone.")
  var html = false

  @OptionGroup var global: GlobalOptions

  private static let fromRecords = [
    TemplateCatalogue.invoiceReminder, TemplateCatalogue.paymentConfirmation,
    TemplateCatalogue.dealFollowUp,
  ].map(\.name)

  func perform(_ console: Console) async throws {
    let definition = try TemplateName.definition(name)
    let house = try await Composition.open(global, console)
    let organisation = try await house.readable(house.organisation())
    let preview = MessagePreview(house.context)
    let shown =
      sample || !Self.fromRecords.contains(definition.name)
      ? try preview.sample(definition, language: language ?? organisation.profile.locale)
      : try await preview.real(
        organisation.id, definition, language: language, customer: customer)
    console.emit([
      "template": .string(definition.name), "language": .string(shown.language),
      "about": shown.about.map { .string($0) } ?? .null,
      "subject": .string(shown.message.subject), "text": .string(shown.message.text),
      "html": .string(shown.message.html),
    ])
    if html { return console.show(shown.message.html) }
    let whose = shown.about.map { "the records of \(DisplayText.line($0))" } ?? "invented values"
    console.show(
      console.style.bold("\(definition.name) in \(shown.language), from \(whose)") + "\n\n"
        + "Subject: \(shown.message.subject)\n\n\(shown.message.text)\n")
  }
}
