import ActionProtocol
import Addressing
import ArgumentParser
import Engine
import SMTP2GO

struct SMTP2GOCheckCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Authenticate at SMTP2GO; print permissions, senders and domain status.",
    discussion: Examples.after(
      """
      Sends nothing. Exit code 0 when the key authenticates and nothing that e-mail needs is
      missing. The test messages are shown as skipped: `send-email` and `send-sms` send them.
      """,
      "aiom smtp2go check", "aiom smtp2go check --json"))

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let settings = try Composition.settings(global, console)
    let probe = try await ProviderProbe.run(settings)
    let sender = await senderInUse(settings)
    let account = AccountBoxes(settings: settings, sender: sender, probe: probe)
    let boxes = account.all + Self.skipped
    console.emit([
      "provider": .string(Composition.accountAddress(settings)),
      "boxes": .array(boxes.map(\.json)),
      "permissions": .array((probe.permissions.outcome.value ?? []).map { .string($0) }),
    ])
    console.say("SMTP2GO at \(Composition.accountAddress(settings))")
    console.show(BoxList.rendered(boxes, style: console.style, width: console.width))
    if let allowed = probe.permissions.outcome.value, !allowed.isEmpty {
      console.say("\nThe key may call: \(allowed.sorted().joined(separator: ", "))")
    }
    console.say("\n" + BoxList.tally(boxes))
    try Self.leave(probe, boxes)
  }

  /// The organisation's sender where there is a database with one, else the setting.
  private func senderInUse(_ settings: Settings) async -> Mailbox? {
    guard let house = try? await Composition.open(settings),
      let organisation = try? await house.organisation()
    else { return settings.sender }
    return organisation.sender ?? settings.sender
  }

  private static let skipped = [
    Box("test_email", "Test e-mail", .skipped, "`aiom smtp2go send-email --to ADDRESS` sends one"),
    Box(
      "test_sms", "Test SMS", .skipped,
      "`aiom smtp2go send-sms --to NUMBER --really` sends one; it costs money"),
  ]

  private static func leave(_ probe: ProviderProbe, _ boxes: [Box]) throws {
    let needed: Set<String> = ["key", "authenticates", "email_permission", "sender_verified"]
    if OutcomeWording.isTemporary(probe.permissions.outcome) {
      throw ExitCode(ExitStatus.unavailable.rawValue)
    }
    if boxes.contains(where: { needed.contains($0.id) && $0.state == .missing }) {
      throw ExitCode.refused
    }
  }
}
