import ActionProtocol
import ArgumentParser
import Engine

struct DoctorCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "The go-live boxes: ok, missing, or cannot tell, and how to fix each.",
    discussion: Examples.after(
      """
      Looks at settings, database, organisation, records and the account at SMTP2GO. Changes
      nothing and sends nothing. Exit code 1 while anything is missing that is not optional. The ten
      boxes of the setup guide are among them: docs/integrations/smtp2go.md names them.
      """,
      "aiom doctor", "aiom doctor --offline", "aiom doctor --json"))

  @Flag(name: .long, help: "Do not ask the provider, and look up no DNS record.")
  var offline = false

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let settings = try Composition.settings(global, console)
    let installation = await InstallationBoxes.look(settings)
    var probe: ProviderProbe?
    let facts = await ProviderFacts.look(settings)
    if !offline, ProviderProbe.key(settings, facts.organisation) != nil {
      probe = try await ProviderProbe.run(settings, facts.organisation)
    }
    let account = await facts.account(settings, probe, isOffline: offline)
    let groups =
      [("INSTALLATION", installation.boxes)]
      + account.groups.map { ("SMTP2GO: \($0)", $1) }
      + [("TRIED AND SEEN WITH YOUR OWN EYES", installation.trials)]
    let all = groups.flatMap(\.1)
    console.emit(["boxes": .array(all.map(\.json)), "tally": .string(BoxList.tally(all))])
    for (title, boxes) in groups {
      console.say(console.style.bold(title))
      console.show(BoxList.rendered(boxes, style: console.style, width: console.width))
      console.say()
    }
    console.say(BoxList.tally(all))
    if all.contains(where: \.isInTheWay) { throw ExitCode.refused }
  }
}
