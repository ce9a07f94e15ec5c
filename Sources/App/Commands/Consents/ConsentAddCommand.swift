import ActionProtocol
import ArgumentParser
import Decisions
import Engine
import Insights

struct ConsentAddCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Record that somebody may be written to.",
    discussion: Examples.after(
      """
      What waited for it is looked at again. An implied consent (a purchase, an inquiry) ends two
      years after it was given, or earlier with --expires; a contract allows no marketing. Say in
      --evidence where the proof is; nobody can show a consent without one.
      """,
      "aiom consent add ann@example.org --basis express --evidence form:4711 --reason \"web form\"",
      "aiom consent add +15551234567 --basis implied --obtained 2026-05-04 --reason \"bought\"",
      "aiom consent add ann@example.org --basis express --scope send_deal_check_in --reason asked"))

  @Argument(help: "ann@example.org or +15551234567.")
  var address: String

  @Option(name: .long, help: "What it rests on.")
  var basis: ConsentOptions.Basis

  @Option(name: .long, help: "all, marketing, or the name of an action type.")
  var scope = "all"

  @Option(name: .long, help: "When it was given: a day, or an instant (default: now).")
  var obtained: String?

  @Option(name: .long, help: "When it ends: a day, or an instant (default: not by itself).")
  var expires: String?

  @Option(name: .long, help: "Where the proof is, without personal data: form:4711.")
  var evidence: String?

  @Option(name: .long, help: "How it came, in your words, for the record; asked for at a terminal.")
  var reason: String?

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation()
    let zone = organisation.profile.zone
    let wish = Consents.Wish(
      address: try SuppressionAddress(address), basis: basis.value,
      scope: try ConsentOptions.scope(scope),
      obtainedAt: try InstantOption.value(obtained, "--obtained", zone: zone),
      expiresAt: try InstantOption.value(expires, "--expires", zone: zone),
      evidence: try ConsentOptions.evidence(evidence))
    let reason = try ReasonOption.reason(reason, "How was it given?", console)
    let (consent, answer) = try await Consents(house.context).add(
      organisation.id, wish, note: reason, by: house.author(.unsuppress, in: organisation.id),
      via: "cli")
    console.emit([
      "consent": ConsentView.json(consent, at: SystemClock.now()),
      "answer": .string(answer.rawValue),
    ])
    console.say(
      answer == .added
        ? "Recorded: \(consent.id)."
        : "One of the same kind is on record, as early and as long. Nothing was changed.")
  }
}
