import ActionProtocol
import ArgumentParser
import Decisions
import Engine

struct ActionProposeCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "propose",
    abstract: "Hand a proposal in, as a JSON document of Action Protocol v1.1.",
    discussion: Examples.after(
      """
      The same proposal again gives the same action; the same key with other content is a conflict
      (exit code 4). A document that breaks the protocol is refused with every issue at once.
      """,
      "aiom action propose reminder.json", "aiom action propose - < reminder.json",
      "aiom protocol validate reminder.json    # checks without proposing"))

  @Argument(help: "A file, or - for standard input.", completion: .file(extensions: ["json"]))
  var file: String

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let proposal = try Self.proposal(file, console)
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation(named: proposal.orgID.rawValue)
    if let chosen = house.settings.organisation, chosen != organisation.id {
      throw Failure(
        .conflict, "propose.other_org",
        "The proposal is for \(organisation.id.rawValue), not for \(chosen.rawValue).",
        remedy: "Leave --org and AIOM_ORG out, or correct org_id in the document.")
    }
    let outcome = try await Intake(house.context).submit(
      proposal, by: house.author(.propose, in: organisation.id), via: "cli")
    try IntakeView(outcome).announce(console)
  }

  private static func proposal(_ file: String, _ console: Console) throws -> Proposal {
    switch ProposalReader.read(try InputFile.bytes(file)) {
    case .success(let proposal): return proposal
    case .failure(let failure):
      throw IntakeView.refusal(failure.issues, console)
    }
  }
}
