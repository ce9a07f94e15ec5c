import ArgumentParser

/// What describes an organisation on the command line.
struct OrganisationOptions: ParsableArguments {
  @Option(name: .long, help: "The name customers know.")
  var name: String?

  @Option(name: .long, help: "The name under a letter (default: the name).")
  var legalName: String?

  @Option(name: .long, help: "The postal address, in one line.")
  var address: String?

  @Option(name: .long, help: "The country: two letters, such as US.")
  var country: String?

  @Option(name: .long, help: "The time zone, such as Europe/Berlin (default: the country's).")
  var zone: String?

  @Option(name: .long, help: "The currency, such as EUR (default: the country's).")
  var currency: String?

  @Option(name: .long, help: "How amounts and dates are written, such as de_DE.")
  var locale: String?

  @Option(
    name: .long,
    help:
      "The sender of e-mails: an address, or \"Name <address>\" (default: SMTP2GO_SENDER_EMAIL).")
  var sender: String?

  @Option(name: .long, help: "Where answers go (default: the sender).")
  var replyTo: String?

  @Option(name: .long, help: "The hours in which messages may go out (default: 09:00-17:00).")
  var window: String?

  @Option(name: .long, help: "The days, 1 = Monday: 1-5, or 1,2,4 (default: 1-5).")
  var days: String?

  @Option(
    name: .long,
    help: "sandbox can never reach a customer; live can. Fixed once chosen (default: sandbox).",
    completion: .list(["sandbox", "live"]))
  var mode: String?

  @Option(name: .long, help: "Seconds between an approval and its execution (default: 60).")
  var undoSeconds: String?

  @Option(
    name: .customLong("smtp2go-key"),
    help: "Where SMTP2GO's key is: env:NAME or file:PATH (default: env:SMTP2GO_API_KEY).")
  var smtp2goKey: String?

  @OptionGroup(title: "Books") var books: BooksOptions

  @OptionGroup(title: "Reminders") var reminders: ReminderOptions

  @OptionGroup(title: "Share of the work and limits") var limits: LimitOptions

  @OptionGroup(title: "Anti-spam") var outreach: OutreachOptions

  @OptionGroup(title: "Alerts") var alerts: AlertOptions
}
