/// Asks how a decision stands, without pressing.
enum DealCheckInLetter {
  static let english = Letter(
    language: "en",
    subject: "How does {{deal_name}} stand?",
    preview: "One line from you is enough.",
    blocks: [
      .paragraph("Hello {{contact_name}},"),
      .paragraph(
        """
        How does {{deal_name}} stand on your side? One line is enough: going ahead, not yet, \
        or no longer needed.
        """),
      .paragraph("Whatever the answer, it helps me to plan, and I will act on it."),
      .signature(closing: "Kind regards", signer: "{{owner_name}}", letterhead: true),
    ])

  static let german = Letter(
    language: "de",
    subject: "Wie steht es um {{deal_name}}?",
    preview: "Eine Zeile von Ihnen genügt.",
    blocks: [
      .paragraph("Guten Tag {{contact_name}},"),
      .paragraph(
        """
        wie steht es auf Ihrer Seite um {{deal_name}}? Eine Zeile genügt: es geht voran, noch \
        nicht, oder nicht mehr nötig.
        """),
      .paragraph(
        "Wie die Antwort auch ausfällt: Sie hilft mir bei der Planung, und ich richte mich danach."),
      .signature(
        closing: "Mit freundlichen Grüßen", signer: "{{owner_name}}", letterhead: true),
    ])
}
