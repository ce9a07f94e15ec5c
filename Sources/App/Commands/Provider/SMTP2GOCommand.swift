import ArgumentParser

/// The account at SMTP2GO.
struct SMTP2GOCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "smtp2go",
    abstract: "Check the SMTP2GO account, and send test messages through the Safe Operations.",
    discussion: Examples.after(
      "A part that is skipped is shown as skipped, never as passed.",
      "aiom smtp2go check", "aiom smtp2go send-email --to you@your-company.com",
      "aiom smtp2go send-sms --to +15551234567 --really"),
    subcommands: [
      SMTP2GOCheckCommand.self, SMTP2GOSendEmailCommand.self, SMTP2GOSendSMSCommand.self,
    ])
}
