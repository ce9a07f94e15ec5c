/// Alerts who answers for the company. It stays in the house and carries no letterhead.
enum CriticalAlertLetter {
  static let english = Letter(
    language: "en",
    subject: """
      {{#is_single}}Critical: {{first_title}}{{/is_single}}\
      {{^is_single}}{{count}} critical findings{{/is_single}}
      """,
    preview: "Look at it in AIOM",
    blocks: [
      .paragraph("Hello {{person_name}},"),
      .paragraph(
        "this cannot wait for the briefing. You are told once, until it gets worse or comes again."),
      .table(
        Letter.Table(
          list: "findings",
          columns: [
            .init(title: "Finding", value: "{{title}}"),
            .init(title: "Figures", value: "{{explanation}}"),
          ])),
      .signature(closing: "AIOM, for {{company_name}}", signer: nil, letterhead: false),
    ])

  static let german = Letter(
    language: "de",
    subject: """
      {{#is_single}}Kritisch: {{first_title}}{{/is_single}}\
      {{^is_single}}{{count}} kritische Befunde{{/is_single}}
      """,
    preview: "In AIOM ansehen",
    blocks: [
      .paragraph("Guten Tag {{person_name}},"),
      .paragraph(
        "das kann nicht bis zum Tagesbericht warten. Sie hören es einmal, bis es schlimmer wird oder wiederkommt."
      ),
      .table(
        Letter.Table(
          list: "findings",
          columns: [
            .init(title: "Befund", value: "{{title}}"),
            .init(title: "Zahlen", value: "{{explanation}}"),
          ])),
      .signature(closing: "AIOM, für {{company_name}}", signer: nil, letterhead: false),
    ])
}
