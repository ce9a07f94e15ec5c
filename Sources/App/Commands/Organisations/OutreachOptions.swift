import ArgumentParser

/// How often an organisation's customers and people are written to at most.
struct OutreachOptions: ParsableArguments {
  @Option(
    name: .long,
    help: "Minutes between two e-mails to a customer, 0 to 43200 (default: 240).")
  var coolDownEmail: String?

  @Option(
    name: .customLong("cool-down-sms"),
    help: "Minutes between two SMS to a customer (default: 360).")
  var coolDownSms: String?

  @Option(
    name: .customLong("cap"),
    help: ArgumentHelp(
      "The most messages in any hour or day, as NAME=N or NAME=none; may be given several times.",
      discussion: """
        NAME is email or sms, then org, partner, recipient or domain, then hour or day: \
        email.org.hour=200, sms.partner.day=1. With internal. before it, for messages to your own \
        people: internal.email.recipient.day=80.
        """,
      valueName: "name=n"))
  var caps: [String] = []

  @Option(
    name: .customLong("spread"),
    help:
      "Minutes over which messages are spread that waited for opening hours, 0 to 240 (default: 30)."
  )
  var spread: String?

  @Option(
    name: .customLong("drain"),
    help: "How many of those go out in a minute, 1 to 10000 (default: 20).")
  var drain: String?

  @Option(
    name: .customLong("budget-email"),
    help: ArgumentHelp(
      "The most e-mails in a calendar month, one for each recipient, or none (default: none).",
      valueName: "n"))
  var budgetEmail: String?

  @Option(
    name: .customLong("budget-sms"),
    help: ArgumentHelp(
      "What SMS may cost in a calendar month, by the dearer prices of `aiom cost --prices`, or none.",
      valueName: "amount"))
  var budgetSms: String?

  @Option(
    name: .customLong("consent"),
    help: ArgumentHelp(
      "Where marketing needs a recorded consent: sms, email, both or none (default: sms).",
      valueName: "channels"))
  var consent: String?

  @Option(
    name: .customLong("holidays"),
    help: ArgumentHelp(
      "Your own holidays: a CSV file as in docs/reference/holidays.md, which is kept; or none.",
      valueName: "file"), completion: .file(extensions: ["csv"]))
  var holidays: String?
}
