import ActionProtocol
import ArgumentParser
import Engine
import SMTP2GO

struct SMTP2GOCheckCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Ask SMTP2GO about key, permissions, sender, SMS, plan and webhook.",
    discussion: Examples.after(
      """
      Sends nothing. Each line says ok, missing or cannot tell, and what to do. A key that may only
      send is enough: what is optional is marked so, with what is off without it. Exit code 0 when
      the key authenticates and nothing that e-mail needs is missing, 1 when something is, 3
      without a key, 5 when the provider did not answer.
      """,
      "aiom smtp2go check", "aiom smtp2go check --json"))

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let settings = try Composition.settings(global, console)
    let facts = await ProviderFacts.look(settings)
    let probe = try await ProviderProbe.run(settings, facts.organisation)
    let account = await facts.account(settings, probe)
    let boxes = account.all
    console.emit([
      "provider": .string(probe.address), "boxes": .array(boxes.map(\.json)),
      "permissions": .array((probe.permissions.outcome.value ?? []).map { .string($0) }),
      "tally": .string(BoxList.tally(boxes)),
    ])
    console.say("SMTP2GO at \(probe.address)\n")
    for (title, boxes) in account.groups {
      console.say(console.style.bold(title))
      console.show(BoxList.rendered(boxes, style: console.style, width: console.width))
      console.say()
    }
    console.say(Self.verdict(probe, boxes))
    try Self.leave(probe, boxes)
  }

  /// What the operator wants to know first.
  private static func verdict(_ probe: ProviderProbe, _ boxes: [Box]) -> String {
    let tally = BoxList.tally(boxes)
    if OutcomeWording.isTemporary(probe.permissions.outcome) {
      return "The provider did not answer. \(tally)."
    }
    let inTheWay = boxes.filter(\.isInTheWay).map { "\"\($0.title)\"" }
    guard inTheWay.isEmpty else {
      return "E-mail will not work yet: \(inTheWay.joined(separator: ", ")). \(tally)."
    }
    return "Nothing that e-mail needs is missing. \(tally).\n"
      + "`aiom smtp2go test --to YOU` sends a test message."
  }

  private static func leave(_ probe: ProviderProbe, _ boxes: [Box]) throws {
    if OutcomeWording.isTemporary(probe.permissions.outcome) {
      throw ExitCode(ExitStatus.unavailable.rawValue)
    }
    if boxes.contains(where: \.isInTheWay) { throw ExitCode.refused }
  }
}
