import ArgumentParser

struct ConsentCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "consent",
    abstract: "Who may be written to for marketing: list, add, withdraw, import.",
    discussion: Examples.after(
      """
      Marketing (deal follow-ups, check-ins, messages of one's own words) needs a recorded consent of
      each recipient on the channels that `aiom org set --consent` names: SMS, if nothing else was set.
      A message without one waits for a person. START by SMS records one; STOP, unsubscribing and complaints
      withdraw them.
      """,
      "aiom consent list --address +15551234567",
      "aiom consent add +15551234567 --basis express --evidence form:4711 --reason \"web form\"",
      "aiom consent import consents.csv --reason \"taken over from the shop\""),
    subcommands: [
      ConsentListCommand.self, ConsentAddCommand.self, ConsentWithdrawCommand.self,
      ConsentImportCommand.self,
    ])
}
