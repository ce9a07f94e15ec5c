import Decisions

/// What the settings that a page may change are called there.
enum SettingLabels {
  struct Label: Sendable {
    /// The command line's option with `_`.
    let name: String
    let path: any WritableKeyPath<OrganisationForm, String> & Sendable
    let title: String
    let hint: String

    init(
      _ name: String, _ path: any WritableKeyPath<OrganisationForm, String> & Sendable,
      _ title: String, _ hint: String
    ) {
      self.name = name
      self.path = path
      self.title = title
      self.hint = hint
    }
  }

  static let groups: [(title: String, labels: [Label])] = [
    (
      "Senders and hours",
      [
        Label("sender", \.sender, "Sender", "Name <address>. Another one voids approvals."),
        Label("reply_to", \.replyTo, "Answers go to", "An address; empty: the sender."),
        Label("window", \.window, "Send window", "09:00-17:00; 00:00-24:00 is always."),
        Label("days", \.days, "Days", "1 (Monday) to 7: 1-5, or 1,2,4."),
        Label("undo_seconds", \.undoSeconds, "Seconds to undo an approval", "0 to 3600."),
      ]
    ),
    (
      "Reminders",
      [
        Label(
          "ladder", \.ladder, "Ladder", "standard, fine, or ascending days such as 10/20/40."),
        Label(
          "remind_interval", \.remindInterval, "Days between reminders", "0 to 90."),
        Label(
          "remind_minimum", \.remindMinimum, "Least amount that is reminded of",
          "Whole units of the currency, 0 to 1000000."),
        Label(
          "payments_age", \.paymentsAge, "Days that payments may be old", "1 to 365, or none."),
        Label(
          "confirm_payments", \.confirmPayments, "Customers' payments are confirmed", "on or off."),
      ]
    ),
    (
      "Telling persons by e-mail",
      [
        Label(
          "tell_persons", \.tellPersons, "What waits for them, and briefings", "on or off."),
        Label("notify_tasks", \.notifyTasks, "Their overdue tasks", "on or off."),
      ]
    ),
    (
      "Cool-downs, pace and budget",
      [
        Label(
          "cool_down_email", \.outreach.coolDownEmail, "Minutes between e-mails to a customer",
          "0 to 43200."),
        Label(
          "cool_down_sms", \.outreach.coolDownSMS, "Minutes between SMS to a customer",
          "0 to 43200."),
        Label("spread", \.outreach.spread, "Minutes of spreading after an opening", "0 to 240."),
        Label("drain", \.outreach.drain, "Of those in a minute", "1 to 10000."),
        Label(
          "budget_email", \.outreach.budgetEmail, "E-mails in a month", "A whole number, or none."),
        Label(
          "budget_sms", \.outreach.budgetSMS, "What SMS may cost in a month",
          "An amount such as 12.50, or none."),
        Label(
          "consent", \.outreach.consent, "Marketing needs a consent for",
          "sms, email, both or none."),
        Label(
          "email_rate", \.emailRate, "Rate of e-mails",
          "N/second, N/minute, N/hour, N/day, or none."),
        Label(
          "sms_rate", \.smsRate, "Rate of SMS", "N/second, N/minute, N/hour, N/day, or none."),
      ]
    ),
  ]

  static func title(_ cap: OutreachCap) -> String {
    let channel = cap.channel == .email ? "E-mails" : "SMS"
    let whom =
      switch cap.subject {
      case .org: "altogether"
      case .partner: "to a customer"
      case .recipient: "to an address"
      case .domain: "to a domain"
      }
    let people = cap.audience == .internal ? ", own people" : ""
    return "\(channel) \(whom) in \(cap.span.words)\(people)"
  }
}
