import ArgumentParser

/// How an organisation's customers are reminded.
struct ReminderOptions: ParsableArguments {
  @Option(
    name: .long,
    help:
      "Days overdue at which reminder levels begin: standard (15/30/60/90), fine (1/7/14/30/60/90), staged (1/7/14/30, a call at 21, a person's decision at 45) or your own, such as 10/20/40 (default: standard).",
    completion: .list(["standard", "fine", "staged"]))
  var ladder: String?

  @Option(
    name: .customLong("remind-interval"),
    help: ArgumentHelp(
      "Days between two reminders to a customer, 0 to 90 (default: 5).", valueName: "days"))
  var interval: String?

  @Option(
    name: .customLong("remind-minimum"),
    help: ArgumentHelp(
      "Whole units of a currency below which nobody is asked (default: 5).", valueName: "units"))
  var minimum: String?

  @Option(
    name: .customLong("payments-age"),
    help: ArgumentHelp(
      "Days after which payments that were brought in are too old to remind by, 1 to 365, or none (default: 7).",
      valueName: "days"))
  var paymentsAge: String?

  @Option(
    name: .customLong("confirm-payments"),
    help: ArgumentHelp(
      "Whether customers get an e-mail about each payment that arrives from now on: on or off (default: off).",
      valueName: "on|off"), completion: .list(["on", "off"]))
  var confirmPayments: String?

  @Option(
    name: .customLong("notify-tasks"),
    help: ArgumentHelp(
      "Whether persons of the organisation get an e-mail about their overdue tasks, once a day: on or off (default: off).",
      valueName: "on|off"), completion: .list(["on", "off"]))
  var notifyTasks: String?

  @Option(
    name: .customLong("tell-persons"),
    help: ArgumentHelp(
      "Whether persons of the organisation get e-mails about what waits for their decision, what the policy wants them told, and briefings: on or off (default: off).",
      valueName: "on|off"), completion: .list(["on", "off"]))
  var tellPersons: String?
}
