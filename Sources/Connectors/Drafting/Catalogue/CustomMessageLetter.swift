/// A text of one's own between greeting and letterhead.
enum CustomMessageLetter {
  static let english = Letter(
    language: "en",
    subject: "{{subject}}",
    preview: "A message from {{company_name}}",
    blocks: [
      .paragraph("Dear {{customer_name}},"),
      .each("paragraphs", [.paragraph("{{text}}")]),
      .signature(closing: "Kind regards", signer: nil, letterhead: true),
    ])

  static let german = Letter(
    language: "de",
    subject: "{{subject}}",
    preview: "Eine Nachricht von {{company_name}}",
    blocks: [
      .paragraph("Guten Tag {{customer_name}},"),
      .each("paragraphs", [.paragraph("{{text}}")]),
      .signature(closing: "Mit freundlichen Grüßen", signer: nil, letterhead: true),
    ])
}
