import ActionProtocol
import Addressing
import ArgumentParser
import Engine
import Insights

/// The user's test script: connection, e-mail, SMS.
struct SMTP2GOTestCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "The integration test: connection, one e-mail, and one SMS if you say so.",
    discussion: Examples.after(
      """
      Three lines: passed, failed or skipped. The messages go through the six stages like all others
      and where AIOM_DELIVERY says; nobody is asked again, so give addresses of your own. Example
      addresses are refused. The e-mail goes to --to or else to AIOM_REDIRECT_EMAIL. The SMS costs
      money and is sent only with --sms-to and --really.

      Exit code 0: connection and e-mail passed, and so did the SMS or it was not asked for. 1:
      something failed, or the e-mail was skipped. 3: there is no key. 5: the provider did not
      answer.
      """,
      "aiom smtp2go test --to you@your-company.com",
      "aiom smtp2go test --to you@your-company.com --sms-to +15551234567 --really"))

  @Option(name: .long, help: "Your own e-mail address.")
  var to: String?

  @Option(name: .long, help: "Your own number, with + and country code.")
  var smsTo: String?

  @Flag(name: .long, help: "Send the SMS; it costs money.")
  var really = false

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let settings = try Composition.settings(global, console)
    let facts = await ProviderFacts.look(settings)
    let country = facts.organisation?.profile.country
    let email = try to.map(AddressOption.email) ?? settings.redirectEmail
    let phone = try smsTo.map { try AddressOption.phone($0, country: country) }
    if let email { try ExampleAddress.refuse(email) }
    if let phone { try ExampleAddress.refuse(phone) }
    let run = TestRun(settings: settings, facts: facts, console: console)
    let lines = await run.lines(email: email, phone: phone, really: really)
    try? await run.remember(lines)
    console.emit(["lines": .array(lines.map(\.json)), "passed": .bool(Self.status(lines) == .ok)])
    console.show(TestLine.rendered(lines, style: console.style, width: console.width))
    let status = Self.status(lines)
    if status != .ok { throw ExitCode(status.rawValue) }
  }

  private static func status(_ lines: [TestLine]) -> App.ExitStatus {
    if let failed = lines.first(where: { $0.state == .failed }) { return failed.status }
    return lines.contains { $0.id == "email" && $0.state == .skipped } ? .refused : .ok
  }
}
