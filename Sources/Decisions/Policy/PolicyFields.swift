import ActionProtocol

/// The catalogue of fields: the one table that reader, checker, documents and `aiom policy fields`
/// are made from.
public enum PolicyFields {
  /// The rows, in the order of ``PolicyField``.
  public static let table: [PolicyFieldRow] =
    action + invoice + customer + recipient + message + deal + clock + history + proposer

  static let byName: [String: PolicyField] = Dictionary(
    uniqueKeysWithValues: table.map { ($0.name, $0.field) })

  /// The fields that actions of a type have.
  public static func fields(of type: ActionType) -> [PolicyField] { byType[type] ?? [] }

  private static let byType = Dictionary(
    uniqueKeysWithValues: ActionType.allCases.map { type in
      (type, PolicyField.allCases.filter { $0.exists(on: type) })
    })

  private static let every = Set(ActionType.allCases)

  private static func row(
    _ field: PolicyField, _ name: String, _ type: PolicyFieldType, _ source: PolicyFieldSource,
    _ scope: Set<ActionType>, _ phrase: String, _ meaning: String
  ) -> PolicyFieldRow {
    PolicyFieldRow(
      field: field, name: name, type: type, source: source, scope: scope, phrase: phrase,
      meaning: meaning)
  }

  private static let action = [
    row(
      .amount, "action.amount", .money, .books, ActionType.withAmount, "the amount",
      "what the action is about: what is open on its invoices, or the deal's expected revenue"),
    row(
      .currency, "action.currency", .text, .books, ActionType.withAmount, "the currency",
      "the currency of the amount, as EUR"),
    row(
      .records, "action.records", .integer(.records), .aiom, every, "the number of records",
      "how many records the action names"),
    row(
      .risk, "action.risk", .word(RiskLevel.allCases.map(\.rawValue), ordered: true), .proposer,
      every, "the risk",
      "at least the type's own; who proposes may raise it. High and critical always ask a person"),
  ]

  private static let invoice = [
    row(
      .overdueDays, "invoice.overdue_days", .integer(.days), .books, ActionType.aboutInvoices,
      "the days overdue", "days since the oldest of its invoices was due; 0 where none is"),
    row(
      .invoices, "invoice.count", .integer(.invoices), .books, ActionType.aboutInvoices,
      "the number of invoices", "how many open invoices it is about"),
    row(
      .disputed, "invoice.disputed", .flag, .books, ActionType.aboutInvoices,
      "an invoice is disputed", "whether any of its invoices is disputed"),
  ]

  private static let customer = [
    row(
      .tags, "customer.tags", .texts, .books, every, "the customer's tags",
      "the tags of the customer in the records"),
    row(
      .balance, "customer.balance", .money, .books, every, "the customer's balance",
      "all that the customer owes in the organisation's currency"),
    row(
      .overdueInvoices, "customer.overdue_invoices", .integer(.invoices), .books, every,
      "the customer's overdue invoices", "how many invoices of the customer are overdue"),
    row(
      .country, "customer.country", .text, .books, every, "the customer's country",
      "the customer's country, two letters as DE"),
  ]

  private static let recipient = [
    row(
      .recipientKind, "recipient.kind",
      .word(["customer", "internal", "unknown"], ordered: false), .books, ActionType.messages,
      "the recipient",
      "customer: an address in the records; internal: one of our own people; unknown: neither. "
        + "Of several the least known counts"),
    row(
      .recipientDomains, "recipient.domains", .domains, .aiom, ActionType.messages,
      "the recipients' domains", "the domains of all e-mail recipients; none for SMS"),
    row(
      .recipientCount, "recipient.count", .integer(.recipients), .aiom, ActionType.messages,
      "the number of recipients", "recipients of the message, copies included"),
    row(
      .optedOut, "recipient.opted_out", .flag, .aiom, ActionType.messages,
      "a recipient has opted out", "whether any recipient is on a suppression list of the channel"),
  ]

  private static let message = [
    row(
      .template, "message.template", .text, .aiom, ActionType.messages, "the template",
      "the template that gives exactly this text when it is rendered again; none where a person "
        + "or an agent changed or wrote it"),
    row(
      .links, "message.has_links", .flag, .proposer, ActionType.messages, "the text has links",
      "whether subject or text contain a web address"),
    row(
      .length, "message.length", .integer(.characters), .proposer, ActionType.messages,
      "the length of the text", "characters of the plain text"),
    row(
      .attachments, "message.attachments", .integer(.files), .proposer, ActionType.messages,
      "the number of files", "attached files"),
  ]

  private static let deal = [
    row(
      .fromStage, "deal.from_stage", .text, .books, ActionType.aboutDeals, "the deal's stage",
      "the name of the stage in which the deal is"),
    row(
      .toStage, "deal.to_stage", .text, .aiom, [.updateDealStage], "the new stage",
      "the name of the stage to which it is moved"),
    row(
      .direction, "deal.direction",
      .word(["forward", "backward", "won", "lost", "unknown"], ordered: false), .aiom,
      [.updateDealStage], "the direction", "where the move leads in the order of stages"),
    row(
      .idleDays, "deal.idle_days", .integer(.days), .books, ActionType.aboutDeals,
      "the days without activity", "days since anything happened in the deal"),
  ]

  private static let clock = [
    row(
      .hour, "local.hour", .integer(.hours), .aiom, every, "the hour",
      "the hour on the recipient's clock, 0 to 23; the organisation's where nobody receives"),
    row(
      .weekday, "local.weekday",
      .word(PolicyHours.dayNames, ordered: true), .aiom, every, "the day",
      "the day on the same clock"),
    row(
      .holiday, "local.holiday", .flag, .aiom, every, "it is a holiday",
      "whether the day is a holiday there"),
  ]

  private static let history = [
    row(
      .toPartnerDay, "history.to_partner_1d", .integer(.messages), .aiom, every,
      "the messages to this customer within a day", "messages to the customer in the last 24 hours"),
    row(
      .toPartnerWeek, "history.to_partner_7d", .integer(.messages), .aiom, every,
      "the messages to this customer within a week", "messages to the customer in 7 days"),
    row(
      .toPartnerMonth, "history.to_partner_30d", .integer(.messages), .aiom, every,
      "the messages to this customer within a month", "messages to the customer in 30 days"),
    row(
      .toRecipientDay, "history.to_recipient_1d", .integer(.messages), .aiom, ActionType.messages,
      "the messages to this address within a day", "messages to the busiest address in 24 hours"),
    row(
      .byOrgHour, "history.by_org_1h", .integer(.messages), .aiom, every,
      "the messages of the hour", "messages of the organisation in the last hour"),
    row(
      .byOrgDay, "history.by_org_1d", .integer(.messages), .aiom, every,
      "the messages of the day", "messages of the organisation in the last 24 hours"),
    row(
      .byProposerHour, "history.by_proposer_1h", .integer(.proposals), .aiom, every,
      "the proposals by the same proposer within an hour", "proposals by this proposer in an hour"),
    row(
      .rejections, "history.rejections_30d", .integer(.rejections), .aiom, every,
      "the rejections within a month",
      "rejections of this type for this customer in 30 days, by persons"),
    row(
      .autoAmountDay, "history.auto_amount_1d", .money, .aiom, every,
      "the amount that went by itself within a day",
      "sum over the actions that policy alone let go in 24 hours, in the organisation's currency"),
  ]

  private static let proposer = [
    row(
      .proposerKind, "proposer.kind",
      .word(Author.Kind.allCases.map(\.rawValue), ordered: false), .aiom, every, "the proposer",
      "who proposes, from the credentials: a person, AIOM's own analysis (system) or an agent"),
    row(
      .proposer, "proposer.id", .text, .aiom, every, "the proposer's name",
      "the full name, as agent:mcp:crm-bot"),
    row(
      .confidence, "proposal.confidence", .integer(.percent), .proposer, every,
      "the proposer's confidence", "what the proposer says of itself, 0 to 100"),
    row(
      .asksForPerson, "proposal.requires_approval", .flag, .proposer, every,
      "the proposer asks for a person", "whether the proposal itself asks for an approval"),
    row(
      .delivery, "org.delivery", .word(DeliveryMode.allCases.map(\.rawValue), ordered: false),
      .aiom,
      every, "the delivery mode", "where messages go: sandbox, redirect (to the operator) or live"),
  ]
}
