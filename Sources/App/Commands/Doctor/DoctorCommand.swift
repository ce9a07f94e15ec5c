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
      nothing and sends nothing. Exit code 1 while anything is missing.
      """,
      "aiom doctor", "aiom doctor --offline", "aiom doctor --json"))

  @Flag(name: .long, help: "Do not ask the provider.")
  var offline = false

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let settings = try Composition.settings(global, console)
    let installation = await InstallationBoxes.look(settings)
    var probe: ProviderProbe?
    if !offline, settings.apiKey != nil { probe = try await ProviderProbe.run(settings) }
    let sender = installation.organisation?.sender ?? settings.sender
    let account = AccountBoxes(settings: settings, sender: sender, probe: probe)
    let groups = [
      ("INSTALLATION", installation.boxes), ("ACCOUNT AT SMTP2GO", account.all),
      ("SEEN WITH YOUR OWN EYES", installation.trials),
    ]
    let all = groups.flatMap(\.1)
    console.emit(["boxes": .array(all.map(\.json)), "tally": .string(BoxList.tally(all))])
    for (title, boxes) in groups {
      console.say(console.style.bold(title))
      console.show(BoxList.rendered(boxes, style: console.style, width: console.width))
      console.say()
    }
    console.say(BoxList.tally(all))
    if all.contains(where: { $0.state == .missing }) { throw ExitCode.refused }
  }
}
