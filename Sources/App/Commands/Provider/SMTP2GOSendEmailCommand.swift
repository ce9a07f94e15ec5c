import ActionProtocol
import ArgumentParser
import Engine

struct SMTP2GOSendEmailCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "send-email",
    abstract: "Send one test e-mail, through the same door as every other.",
    discussion: Examples.after(
      """
      Proposes x_send_custom_message in your name, shows the card, asks, waits for the undo window
      and runs the six stages. The address becomes a record of its own, and the same limits hold
      for it: a second test to it within four hours waits. Where it goes depends on AIOM_DELIVERY. Example addresses are refused.
      """,
      "aiom smtp2go send-email --to you@your-company.com",
      "aiom smtp2go send-email --to you@your-company.com --subject Hello --yes"
    ))

  @Option(name: .long, help: "Your own address.")
  var to: String

  @Option(name: .long, help: "The subject.")
  var subject = "AIOM test message"

  @Option(name: .long, help: "The text.")
  var text = "This is a test message from AIOM. If you can read it, sending e-mail works."

  @Flag(name: .long, help: "Do not ask.")
  var yes = false

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let address = try AddressOption.email(to)
    try ExampleAddress.refuse(address)
    let desk = try await ActionDesk(Composition.open(global, console))
    let email = SendEmail(to: [address], subject: subject, bodyText: text)
    try await TestMessage(desk: desk, console: console, yes: yes)
      .send(.email(.xSendCustomMessage, email), what: "e-mail")
  }
}
