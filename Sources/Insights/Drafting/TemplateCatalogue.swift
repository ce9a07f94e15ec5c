/// Every message template AIOM knows, with the names it may use.
///
/// Analyzers produce these values, templates consume them; a template that uses another name is
/// refused when it is loaded.
public enum TemplateCatalogue {
  /// In the order of the user's list: invoice reminders, deal follow-ups, payment confirmations, task
  /// notifications and what else the company's own persons are told, custom messages.
  public static let all: [TemplateDefinition] = [
    invoiceReminder, dealFollowUp, dealCheckIn, paymentConfirmation, taskNotification,
    personNotice, briefing, criticalAlert, customMessage,
  ]

  /// The definition of a name, nil where there is none.
  public static func definition(_ name: String) -> TemplateDefinition? {
    all.first { $0.name == name }
  }

  public static let invoiceReminder = TemplateDefinition(
    name: "invoice_reminder",
    purpose: "Asks a customer to pay all overdue invoices of one currency.",
    variables: sender + [
      TemplateVariable("customer_name", "The customer's name."),
      TemplateVariable("as_of", "The day of the figures, written out."),
      TemplateVariable("is_single", .flag, "Exactly one invoice is overdue."),
      TemplateVariable("count", "How many invoices are overdue."),
      TemplateVariable("invoice_number", "The number of the oldest one."),
      TemplateVariable("days_overdue", "Days overdue of the oldest one."),
      TemplateVariable("is_one_day", .flag, "`days_overdue` is 1."),
      TemplateVariable("total", "The sum of the open amounts."),
      TemplateVariable("is_friendly", .flag, "First level: a friendly reminder."),
      TemplateVariable("is_reminding", .flag, "Second level: a plain reminder."),
      TemplateVariable("is_firm", .flag, "Between the second and the last level."),
      TemplateVariable("is_final", .flag, "The last level."),
      TemplateVariable("has_credit", .flag, "The customer has an unallocated credit."),
      TemplateVariable("credit", "That credit; only where `has_credit`."),
      TemplateVariable(
        "invoices",
        .list([
          TemplateVariable("number", "The invoice's number."),
          TemplateVariable("issued", "Its date of issue, or a dash."),
          TemplateVariable("due", "Its due date."),
          TemplateVariable("days_overdue", "Its days overdue."),
          TemplateVariable("amount", "Its open amount."),
        ]), "The overdue invoices, the oldest first."),
      TemplateVariable("has_files", .flag, "Invoices are attached."),
      TemplateVariable("has_links", .flag, "The customer's portal shows invoices."),
      TemplateVariable(
        "links",
        .list([
          TemplateVariable("number", "The invoice's number."),
          TemplateVariable("link", "Its address in the portal."),
        ]), "Where they are shown; empty where not `has_links`."),
    ])

  public static let paymentConfirmation = TemplateDefinition(
    name: "payment_confirmation",
    purpose: "Confirms a payment, what it settles and what remains.",
    variables: sender + [
      TemplateVariable("customer_name", "The customer's name."),
      TemplateVariable("amount", "The amount received."),
      TemplateVariable("received_on", "The day it was received, written out."),
      TemplateVariable("is_single", .flag, "The payment belongs to exactly one invoice."),
      TemplateVariable("count", "How many invoices it belongs to."),
      TemplateVariable("invoice_number", "The number of the first one."),
      TemplateVariable("is_settled", .flag, "Nothing remains open on those invoices."),
      TemplateVariable("remainder", "What remains open on them; only where not `is_settled`."),
      TemplateVariable(
        "invoices",
        .list([
          TemplateVariable("number", "The invoice's number."),
          TemplateVariable("paid", "What this payment paid of it."),
          TemplateVariable("open", "What remains open of it."),
        ]), "The invoices that the payment belongs to."),
    ])

  public static let dealFollowUp = TemplateDefinition(
    name: "deal_follow_up",
    purpose: "Takes up an offer again that has been quiet for a while.",
    variables: sender + deal + [
      TemplateVariable("has_last_contact", .flag, "The day of the last contact is known."),
      TemplateVariable("last_contact", "That day, written out; only where `has_last_contact`."),
    ])

  public static let dealCheckIn = TemplateDefinition(
    name: "deal_check_in",
    purpose: "Asks how a decision stands, without pressing.",
    variables: sender + deal)

  public static let taskNotification = TemplateDefinition(
    name: "task_notification",
    purpose: "Tells a colleague which of his or her tasks are overdue.",
    variables: [
      TemplateVariable("company_name", "The company's name."),
      TemplateVariable("assignee_name", "The colleague's name."),
      TemplateVariable("is_single", .flag, "Exactly one task is overdue."),
      TemplateVariable("count", "How many tasks are overdue."),
      TemplateVariable("task_name", "The name of the first one."),
      TemplateVariable(
        "tasks",
        .list([
          TemplateVariable("name", "The task's name."),
          TemplateVariable("project", "Its project, or a dash."),
          TemplateVariable("deadline", "Its deadline."),
          TemplateVariable("days_overdue", "Its days overdue."),
        ]), "The tasks, the longest overdue first."),
    ])

  public static let personNotice = TemplateDefinition(
    name: "person_notice",
    purpose: "Tells a person of the company what waits for them and what became of proposals.",
    variables: [
      TemplateVariable("company_name", "The company's name."),
      TemplateVariable("person_name", "The person's name."),
      TemplateVariable("has_waiting", .flag, "Something waits for the person's decision."),
      TemplateVariable("is_single", .flag, "Exactly one proposal waits."),
      TemplateVariable("count", "How many proposals wait."),
      TemplateVariable("first_title", "The title of the first line."),
      TemplateVariable("has_more", .flag, "There are more lines than are listed."),
      TemplateVariable("more", "How many more; 0 where not `has_more`."),
      TemplateVariable(
        "lines",
        .list([
          TemplateVariable("title", "The proposal's title."),
          TemplateVariable("until", "Until when it can be decided; only where `is_waiting`."),
          TemplateVariable("is_waiting", .flag, "It waits for the person."),
          TemplateVariable("is_proposed", .flag, "It was proposed."),
          TemplateVariable("is_done", .flag, "It was carried out."),
          TemplateVariable("is_failed", .flag, "It failed."),
          TemplateVariable("is_refused", .flag, "It was refused."),
          TemplateVariable("is_ended", .flag, "It ended undecided, or was taken back."),
        ]), "The proposals, what waits first."),
    ])

  public static let briefing = TemplateDefinition(
    name: "briefing",
    purpose: "Brings the briefing of a morning or an evening to who answers for the company.",
    variables: [
      TemplateVariable("company_name", "The company's name."),
      TemplateVariable("person_name", "The person's name."),
      TemplateVariable("is_morning", .flag, "It is the morning's."),
      TemplateVariable("day", "The day, written out."),
      TemplateVariable(
        "lines",
        .list([
          TemplateVariable("is_title", .flag, "The line is a section's title."),
          TemplateVariable("text", "The line."),
        ]), "The sections with their lines, in order."),
    ])

  public static let criticalAlert = TemplateDefinition(
    name: "critical_alert",
    purpose: "Alerts who answers for the company to critical findings.",
    variables: [
      TemplateVariable("company_name", "The company's name."),
      TemplateVariable("person_name", "The person's name."),
      TemplateVariable("is_single", .flag, "It is one finding."),
      TemplateVariable("count", "How many findings."),
      TemplateVariable("first_title", "The title of the first one."),
      TemplateVariable(
        "findings",
        .list([
          TemplateVariable("title", "What was found."),
          TemplateVariable("explanation", "The figures, in a sentence or two."),
        ]), "The findings, the newest first."),
    ])

  public static let customMessage = TemplateDefinition(
    name: "custom_message",
    purpose: "Sends a text of one's own under the company's letterhead.",
    variables: sender + [
      TemplateVariable("customer_name", "The receiver's name."),
      TemplateVariable("subject", "The subject."),
      TemplateVariable(
        "paragraphs", .list([TemplateVariable("text", "One paragraph.")]), "The text."),
    ])

  /// Who writes: in every message to somebody outside the company.
  private static let sender: [TemplateVariable] = [
    TemplateVariable("company_name", "The name customers know."),
    TemplateVariable("legal_name", "The name that stands under a letter."),
    TemplateVariable("has_address", .flag, "The company's postal address is known."),
    TemplateVariable(
      "address_lines", .list([TemplateVariable("line", "One line of the address.")]),
      "The company's postal address; empty where not `has_address`."),
  ]

  private static let deal: [TemplateVariable] = [
    TemplateVariable("contact_name", "Whom the message addresses."),
    TemplateVariable("deal_name", "What the offer is about."),
    TemplateVariable("owner_name", "Who signs."),
  ]
}
