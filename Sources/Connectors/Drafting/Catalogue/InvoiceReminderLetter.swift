/// Asks for payment of everything overdue, in the tone of the dunning level.
///
/// It claims nothing that the books do not show: no earlier letters, no legal steps. It says what to do,
/// what to do when the claim is wrong, and who writes.
enum InvoiceReminderLetter {
  static let english = Letter(
    language: "en",
    subject: """
      {{#is_single}}Payment Reminder: Invoice {{invoice_number}}{{/is_single}}\
      {{^is_single}}Payment Reminder: {{count}} invoices, first {{invoice_number}}{{/is_single}}
      """,
    preview: "Open amount: {{total}}",
    blocks: [
      .paragraph("Dear {{customer_name}},"),
      .when("is_single", [.paragraph("Your invoice is **\(englishAge) overdue**. \(englishTone)")]),
      .unless(
        "is_single",
        [
          .paragraph(
            """
            {{count}} of your invoices are overdue, the oldest by **\(englishAge)**. \
            \(englishTone)
            """)
        ]),
      .paragraph("This is what our books show on {{as_of}}:"),
      .table(
        Letter.Table(
          list: "invoices",
          columns: [
            .init(title: "Invoice", value: "{{number}}", isUnbroken: true),
            .init(title: "Issued", value: "{{issued}}", isUnbroken: true),
            .init(title: "Due", value: "{{due}}", isUnbroken: true),
            .init(title: "Days overdue", value: "{{days_overdue}}", alignsRight: true),
            .init(title: "Open amount", value: "{{amount}}", alignsRight: true),
          ], total: (title: "Total", value: "{{total}}"))),
      .when(
        "has_credit",
        [
          .paragraph(
            """
            Our books also show {{credit}} in your favour that is not yet matched with an \
            invoice. We have not deducted it above; please tell us which invoice it is for.
            """)
        ]),
      .when(
        "has_links",
        [
          .paragraph("You can see it online, and pay where this is offered:"),
          .each("links", [.paragraph("{{number}}: {{link}}")]),
        ]),
      .when("has_files", [.paragraph("A copy is attached.")]),
      .paragraph(
        """
        Please transfer {{total}} to the account named on the \
        {{#is_single}}invoice and quote the number {{invoice_number}}{{/is_single}}\
        {{^is_single}}invoices and quote their numbers{{/is_single}}. \
        If you have paid in the last few days, thank you: there is nothing more to do.
        """),
      .paragraph(
        """
        If you do not agree with the amount, have not received \
        {{#is_single}}the invoice{{/is_single}}{{^is_single}}one of the invoices{{/is_single}}, \
        or cannot pay everything now, please reply to this message and tell us. \
        We will look into it.
        """),
      .signature(closing: "Kind regards", signer: nil, letterhead: true),
    ])

  static let german = Letter(
    language: "de",
    subject: """
      {{#is_single}}Zahlungserinnerung: Rechnung {{invoice_number}}{{/is_single}}\
      {{^is_single}}Zahlungserinnerung: {{count}} Rechnungen, älteste {{invoice_number}}\
      {{/is_single}}
      """,
    preview: "Offener Betrag: {{total}}",
    blocks: [
      .paragraph("Guten Tag {{customer_name}},"),
      .when(
        "is_single",
        [.paragraph("Ihre Rechnung ist **seit \(germanAge) überfällig**. \(germanTone)")]),
      .unless(
        "is_single",
        [
          .paragraph(
            """
            {{count}} Ihrer Rechnungen sind überfällig, die älteste **seit \(germanAge)**. \
            \(germanTone)
            """)
        ]),
      .paragraph("Unsere Bücher zeigen am {{as_of}} folgenden Stand:"),
      .table(
        Letter.Table(
          list: "invoices",
          columns: [
            .init(title: "Rechnung", value: "{{number}}", isUnbroken: true),
            .init(title: "Ausgestellt", value: "{{issued}}", isUnbroken: true),
            .init(title: "Fällig", value: "{{due}}", isUnbroken: true),
            .init(title: "Tage überfällig", value: "{{days_overdue}}", alignsRight: true),
            .init(title: "Offener Betrag", value: "{{amount}}", alignsRight: true),
          ], total: (title: "Summe", value: "{{total}}"))),
      .when(
        "has_credit",
        [
          .paragraph(
            """
            Zu Ihren Gunsten ist außerdem ein Guthaben von {{credit}} verbucht, das noch keiner \
            Rechnung zugeordnet ist. Wir haben es oben nicht abgezogen; bitte teilen Sie uns mit, \
            für welche Rechnung es bestimmt ist.
            """)
        ]),
      .when(
        "has_links",
        [
          .paragraph("Hier können Sie den Vorgang einsehen und, soweit angeboten, bezahlen:"),
          .each("links", [.paragraph("{{number}}: {{link}}")]),
        ]),
      .when("has_files", [.paragraph("Eine Kopie liegt bei.")]),
      .paragraph(
        """
        Bitte überweisen Sie {{total}} auf das \
        {{#is_single}}in der Rechnung genannte Konto und geben Sie dabei die Nummer \
        {{invoice_number}} an{{/is_single}}\
        {{^is_single}}in den Rechnungen genannte Konto und geben Sie dabei die \
        Rechnungsnummern an{{/is_single}}. \
        Falls Sie in den letzten Tagen bereits gezahlt haben, danken wir Ihnen; Sie brauchen dann \
        nichts weiter zu tun.
        """),
      .paragraph(
        """
        Sollten Sie mit dem Betrag nicht einverstanden sein, \
        {{#is_single}}die Rechnung{{/is_single}}{{^is_single}}eine der Rechnungen{{/is_single}} \
        nicht erhalten haben oder derzeit nicht alles zahlen können, antworten Sie bitte auf diese \
        Nachricht. Wir kümmern uns darum.
        """),
      .signature(closing: "Mit freundlichen Grüßen", signer: nil, letterhead: true),
    ])

  private static let englishAge =
    "{{#is_one_day}}1 day{{/is_one_day}}{{^is_one_day}}{{days_overdue}} days{{/is_one_day}}"

  private static let germanAge =
    "{{#is_one_day}}1 Tag{{/is_one_day}}{{^is_one_day}}{{days_overdue}} Tagen{{/is_one_day}}"

  private static let englishTone = """
    {{#is_friendly}}This may simply have been overlooked; please take it as a friendly \
    reminder.{{/is_friendly}}\
    {{#is_reminding}}We have not yet been able to find your payment.{{/is_reminding}}\
    {{#is_firm}}We ask you to settle the open amount within the next 7 days.{{/is_firm}}\
    {{#is_final}}We must ask you to pay within 7 days of this message. If we then have neither \
    your payment nor an answer from you, we will decide how to collect the amount.{{/is_final}}
    """

  private static let germanTone = """
    {{#is_friendly}}Vielleicht wurde dies nur übersehen; verstehen Sie diese Nachricht bitte \
    als freundliche Erinnerung.{{/is_friendly}}\
    {{#is_reminding}}Einen Zahlungseingang konnten wir bisher nicht feststellen.{{/is_reminding}}\
    {{#is_firm}}Wir bitten Sie, den offenen Betrag innerhalb der nächsten 7 Tage \
    auszugleichen.{{/is_firm}}\
    {{#is_final}}Wir müssen Sie auffordern, innerhalb von 7 Tagen nach Erhalt dieser Nachricht zu \
    zahlen. Liegt uns dann weder eine Zahlung noch eine Antwort von Ihnen vor, entscheiden wir \
    über den weiteren Einzug der Forderung.{{/is_final}}
    """
}
