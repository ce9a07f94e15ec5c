/// Takes up an offer again that has been quiet for a while.
enum DealFollowUpLetter {
  static let english = Letter(
    language: "en",
    subject: "Following up: {{deal_name}}",
    preview: "Is there anything you still need from us?",
    blocks: [
      .paragraph("Hello {{contact_name}},"),
      .paragraph(
        """
        {{#has_last_contact}}We last spoke about {{deal_name}} on \
        {{last_contact}}.{{/has_last_contact}}\
        {{^has_last_contact}}I am writing about {{deal_name}}.{{/has_last_contact}} \
        Is there anything you still need from us to decide: a figure, a document, a conversation?
        """),
      .paragraph(
        """
        A short reply is enough, also if your plans have changed or the time is not right. In that \
        case I will not write again about this.
        """),
      .signature(closing: "Kind regards", signer: "{{owner_name}}", letterhead: true),
    ])

  static let german = Letter(
    language: "de",
    subject: "Rückfrage: {{deal_name}}",
    preview: "Fehlt Ihnen von uns noch etwas?",
    blocks: [
      .paragraph("Guten Tag {{contact_name}},"),
      .paragraph(
        """
        {{#has_last_contact}}über {{deal_name}} haben wir zuletzt am {{last_contact}} \
        gesprochen.{{/has_last_contact}}\
        {{^has_last_contact}}ich melde mich wegen {{deal_name}}.{{/has_last_contact}} \
        Fehlt Ihnen für die Entscheidung noch etwas von uns: eine Zahl, eine Unterlage, ein \
        Gespräch?
        """),
      .paragraph(
        """
        Eine kurze Antwort genügt, auch wenn sich Ihre Pläne geändert haben oder der Zeitpunkt \
        nicht passt. Dann schreibe ich Ihnen dazu nicht noch einmal.
        """),
      .signature(
        closing: "Mit freundlichen Grüßen", signer: "{{owner_name}}", letterhead: true),
    ])
}
