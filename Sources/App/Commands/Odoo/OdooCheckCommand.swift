import ActionProtocol
import ArgumentParser
import Connectors
import Engine

struct OdooCheckCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Ask Odoo about version, user, rights, modules and fields.",
    discussion: Examples.after(
      """
      Changes nothing. Each line says ok, missing or cannot tell, what is off without it, and what
      to do. Exit code 0 when nothing that reminders need is missing, 1 when something is, 3 without
      an address or a key, 5 when Odoo did not answer.
      """,
      "aiom odoo check", "aiom odoo check --org acme --json"))

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation()
    let survey = try await survey(house, organisation)
    await house.odoo.shutdown()
    let boxes = survey.findings.map(Self.box)
    console.emit([
      "odoo": .string(survey.url), "books": .string(organisation.books.kind.rawValue),
      "boxes": .array(boxes.map(\.json)), "tally": .string(BoxList.tally(boxes)),
    ])
    console.say("Odoo at \(survey.url)\n")
    console.show(BoxList.rendered(boxes, style: console.style, width: console.width))
    console.say()
    console.say(Self.verdict(organisation, boxes))
    if survey.isTemporary { throw ExitCode(ExitStatus.unavailable.rawValue) }
    if boxes.contains(where: \.isInTheWay) { throw ExitCode.refused }
  }

  private func survey(_ house: House, _ organisation: Organisation) async throws -> OdooSurvey {
    switch house.odoo.client(for: organisation) {
    case .failure(let refusal):
      throw Failure(
        .notConfigured, refusal.code, "The organisation's Odoo cannot be asked.",
        remedy: refusal.remedy)
    case .success(let client):
      let url = house.odoo.url(of: organisation.books) ?? ""
      return await OdooSurvey.run(client, url: url, books: organisation.books)
    }
  }

  private static func verdict(_ organisation: Organisation, _ boxes: [Box]) -> String {
    let tally = BoxList.tally(boxes)
    guard organisation.books.kind == .odoo else {
      return "\(tally). The organisation's books are the embedded ledger: "
        + "`aiom org set --books odoo` lets actions be checked and written here."
    }
    return "\(tally)."
  }

  private static func box(_ finding: OdooSurvey.Finding) -> Box {
    let state: Box.State =
      switch finding.state {
      case .ok: .ok
      case .missing: .missing
      case .cannotTell: .cannotTell
      }
    return Box(
      finding.id, finding.title, state, finding.found, fix: finding.remedy,
      optional: finding.isOptional)
  }
}
