import ArgumentParser

/// The account at SMTP2GO.
struct SMTP2GOCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "smtp2go",
    abstract: "Check the SMTP2GO account, test it, and register its webhook.",
    discussion: Examples.after(
      "A part that is skipped is shown as skipped, never as passed.",
      "aiom smtp2go check", "aiom smtp2go test --to you@your-company.com",
      "aiom smtp2go webhook install"),
    subcommands: [
      SMTP2GOCheckCommand.self, SMTP2GOTestCommand.self, SMTP2GOWebhookCommand.self,
      SMTP2GOSendEmailCommand.self, SMTP2GOSendSMSCommand.self,
    ])
}
