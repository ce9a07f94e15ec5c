import ActionProtocol
import ArgumentParser
import Connectors
import Decisions
import Engine

struct SenderCheckCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Ask the provider whether it takes the senders, and keep what it says.",
    discussion: Examples.after(
      """
      Asks where messages go now, with the organisation's key: /single_sender_emails/view and
      /domain/view. Each line says ok, missing or cannot tell, for address, DKIM, return path, SPF
      and DMARC, and what to do; DMARC is looked up in the DNS, for the sender's own domain and
      those above it. A sender that the provider would refuse is passed over from then on, and what
      waits under it is held; once it is verified, this lets it go on. `aiom serve` does it each
      hour. Exit code 0, 1 where a sender is missing at the provider, 3 without a key, 5 when the
      provider did not answer.
      """,
      "aiom sender check", "aiom sender check ann --json"))

  @Argument(
    help: "Only this sender; org is the one in the organisation's settings.",
    completion: .shellCommand("aiom sender list --ids 2>/dev/null"))
  var id: String?

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation()
    if let id, id != SenderID.reserved,
      organisation.identities.allSatisfy({ $0.id.rawValue != id })
    {
      throw Failure(
        .refused, "sender.unknown", "There is no sender \(id) in this organisation.",
        remedy: "`aiom sender list` lists them.")
    }
    let result: Result<SenderCheck.Report, any Error>
    do {
      result = .success(
        try await SenderCheck(house.context).check(
          organisation.id, by: house.author(.settings, in: organisation.id), via: "cli"))
    } catch {
      result = .failure(error)
    }
    await house.closeConnections()
    let report = try result.get()
    let policies = await SenderPolicies.look(report.organisation, house.settings)
    let senders = Self.senders(report, policies, only: id)
    let boxes = senders.flatMap(\.all)
    console.emit([
      "boxes": .array(boxes.map(\.json)), "tally": .string(BoxList.tally(boxes)),
      "not_asked": report.code.map { .string($0) } ?? .null,
      "senders": .array(report.organisation.identities.map(SenderView.json)),
    ])
    console.show(BoxList.rendered(boxes, style: console.style, width: console.width))
    console.say()
    console.say(BoxList.tally(boxes))
    if let remedy = report.remedy { console.say(remedy) }
    try Self.leave(report, senders.map(\.line))
  }

  private static func senders(
    _ report: SenderCheck.Report, _ policies: SenderPolicies, only id: String?
  ) -> [SenderIdentityBoxes] {
    let organisation = report.organisation
    let own = SenderIdentityBoxes(settingsOf: organisation, report.facts, policies)
    let further = organisation.identities.filter { id == nil || id == $0.id.rawValue }
    return (id == nil || id == SenderID.reserved ? [own] : [])
      + further.map { SenderIdentityBoxes($0, report.facts, policies) }
  }

  /// - Parameter lines: one for each sender; a record that a sender does without is no reason.
  private static func leave(_ report: SenderCheck.Report, _ lines: [Box]) throws {
    if report.code == "no_channel.key_missing" {
      throw ExitCode(ExitStatus.notConfigured.rawValue)
    }
    if let facts = report.facts, facts.isUnanswered {
      throw ExitCode(ExitStatus.unavailable.rawValue)
    }
    if lines.contains(where: { $0.state == .missing }) { throw ExitCode.refused }
  }
}
