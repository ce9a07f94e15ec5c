import ActionProtocol
import ArgumentParser
import Decisions
import Engine

struct InitCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Set AIOM up for your company: asks, or takes flags.",
    discussion: Examples.after(
      """
      Creates the database (mode 0600) and the organisation. At a terminal it asks for what no
      flag says; elsewhere every answer must be a flag. The country suggests zone, currency and
      locale. Everything is checked at once, and nothing is stored while anything is wrong.
      """,
      "aiom init",
      "aiom init --org acme --name \"Acme Corp\" --country US",
      "aiom init --org acme-live --name \"Acme Corp\" --country US --mode live \\",
      "    --sender \"Acme Billing <billing@acme.example>\" --days 1-6"))

  @OptionGroup var organisation: OrganisationOptions

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let settings = try Composition.settings(global, console)
    var form = OrganisationForm(id: global.org, organisation)
    if console.canAsk { try OrganisationInterview(prompt: Prompt(console: console)).fill(&form) }
    form.fillDefaults(sender: settings.sender)
    let created = try form.organisation(at: SystemClock.now()).get()
    let house = try await Composition.create(settings)
    let writer = OrganisationWriter(
      store: house.store, author: try await house.authorEverywhere(.settings),
      owner: house.caller.person)
    try await writer.create(created)
    try await writer.use(created.id)
    console.emit([
      "database": .string(settings.database), "organisation": OrganisationView.json(created),
    ])
    console.show(OrganisationView.rendered(created))
    console.say()
    console.say("Stored in \(settings.database). Next:")
    console.say("  aiom import partners FILE    then: aiom import invoices FILE")
    console.say("  aiom analyze                 what needs doing")
    console.say("  aiom doctor                  what is missing before going live")
  }
}
