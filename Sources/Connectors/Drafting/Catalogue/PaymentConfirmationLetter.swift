/// Confirms a payment: what came, what it settles, what remains. A partial payment is acknowledged, the
/// rest is stated and not demanded.
enum PaymentConfirmationLetter {
  static let english = Letter(
    language: "en",
    subject: """
      {{#is_single}}Payment received: Invoice {{invoice_number}}{{/is_single}}\
      {{^is_single}}Payment received: {{count}} invoices, first {{invoice_number}}{{/is_single}}
      """,
    preview: "{{amount}} received on {{received_on}}",
    blocks: [
      .paragraph("Dear {{customer_name}},"),
      .paragraph(
        """
        We received **{{amount}}** on {{received_on}}.\
        {{#is_settled}} Thank you. Nothing remains open on the \
        {{#is_single}}invoice{{/is_single}}{{^is_single}}invoices{{/is_single}} below.\
        {{/is_settled}}\
        {{^is_settled}} {{remainder}} remains open.{{/is_settled}}
        """),
      .table(
        Letter.Table(
          list: "invoices",
          columns: [
            .init(title: "Invoice", value: "{{number}}", isUnbroken: true),
            .init(title: "Paid", value: "{{paid}}", alignsRight: true),
            .init(title: "Still open", value: "{{open}}", alignsRight: true),
          ])),
      .paragraph("If this payment was meant for something else, please reply and tell us."),
      .signature(closing: "Kind regards", signer: nil, letterhead: true),
    ])

  static let german = Letter(
    language: "de",
    subject: """
      {{#is_single}}Zahlungseingang: Rechnung {{invoice_number}}{{/is_single}}\
      {{^is_single}}Zahlungseingang: {{count}} Rechnungen, erste {{invoice_number}}{{/is_single}}
      """,
    preview: "{{amount}} am {{received_on}} eingegangen",
    blocks: [
      .paragraph("Guten Tag {{customer_name}},"),
      .paragraph(
        """
        wir haben am {{received_on}} **{{amount}}** von Ihnen erhalten.\
        {{#is_settled}} Vielen Dank. \
        {{#is_single}}Die unten genannte Rechnung ist{{/is_single}}\
        {{^is_single}}Die unten genannten Rechnungen sind{{/is_single}} damit ausgeglichen.\
        {{/is_settled}}\
        {{^is_settled}} Offen bleiben {{remainder}}.{{/is_settled}}
        """),
      .table(
        Letter.Table(
          list: "invoices",
          columns: [
            .init(title: "Rechnung", value: "{{number}}", isUnbroken: true),
            .init(title: "Gezahlt", value: "{{paid}}", alignsRight: true),
            .init(title: "Noch offen", value: "{{open}}", alignsRight: true),
          ])),
      .paragraph(
        """
        War die Zahlung für etwas anderes bestimmt, antworten Sie bitte auf diese Nachricht.
        """),
      .signature(closing: "Mit freundlichen Grüßen", signer: nil, letterhead: true),
    ])
}
