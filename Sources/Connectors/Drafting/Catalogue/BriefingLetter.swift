/// Brings a briefing, whose lines are in English. It stays in the house and carries no letterhead.
enum BriefingLetter {
  static let english = Letter(
    language: "en",
    subject: """
      {{#is_morning}}Morning{{/is_morning}}{{^is_morning}}Evening{{/is_morning}} briefing of \
      {{company_name}}, {{day}}
      """,
    preview: "What happened, what waits, what is planned",
    blocks: [
      .paragraph(
        """
        {{#is_morning}}Good morning{{/is_morning}}{{^is_morning}}Good evening{{/is_morning}} \
        {{person_name}},
        """),
      .each(
        "lines",
        [
          .when("is_title", [.paragraph("**{{text}}**")]),
          .unless("is_title", [.paragraph("{{text}}")]),
        ]),
      .signature(closing: "AIOM, for {{company_name}}", signer: nil, letterhead: false),
    ])

  static let german = Letter(
    language: "de",
    subject: """
      {{#is_morning}}Morgenbericht{{/is_morning}}{{^is_morning}}Abendbericht{{/is_morning}} von \
      {{company_name}}, {{day}}
      """,
    preview: "Was geschah, was wartet, was geplant ist",
    blocks: [
      .paragraph(
        """
        {{#is_morning}}Guten Morgen{{/is_morning}}{{^is_morning}}Guten Abend{{/is_morning}} \
        {{person_name}},
        """),
      .each(
        "lines",
        [
          .when("is_title", [.paragraph("**{{text}}**")]),
          .unless("is_title", [.paragraph("{{text}}")]),
        ]),
      .signature(closing: "AIOM, für {{company_name}}", signer: nil, letterhead: false),
    ])
}
