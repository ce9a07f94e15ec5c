/// Tells a person of the company what waits for them. It stays in the house and carries no letterhead.
enum PersonNoticeLetter {
  static let english = Letter(
    language: "en",
    subject: """
      {{#has_waiting}}{{#is_single}}Waits for you: {{first_title}}{{/is_single}}\
      {{^is_single}}{{count}} proposals wait for you{{/is_single}}{{/has_waiting}}\
      {{^has_waiting}}News of {{first_title}}{{/has_waiting}}
      """,
    preview: "Decide in the inbox of AIOM",
    blocks: [
      .paragraph("Hello {{person_name}},"),
      .paragraph(
        """
        {{#has_waiting}}{{#is_single}}one proposal waits{{/is_single}}\
        {{^is_single}}{{count}} proposals wait{{/is_single}} for your decision. Nothing is sent \
        until somebody decides it in the inbox of AIOM.{{/has_waiting}}\
        {{^has_waiting}}this is what your policy wants you to know.{{/has_waiting}}
        """),
      .table(
        Letter.Table(
          list: "lines",
          columns: [
            .init(title: "Proposal", value: "{{title}}"),
            .init(
              title: "State",
              value: """
                {{#is_waiting}}waits until {{until}}{{/is_waiting}}\
                {{#is_proposed}}proposed{{/is_proposed}}{{#is_done}}carried out{{/is_done}}\
                {{#is_failed}}failed{{/is_failed}}{{#is_refused}}refused{{/is_refused}}\
                {{#is_ended}}ended undecided{{/is_ended}}
                """),
          ])),
      .when("has_more", [.paragraph("And {{more}} more.")]),
      .signature(closing: "AIOM, for {{company_name}}", signer: nil, letterhead: false),
    ])

  static let german = Letter(
    language: "de",
    subject: """
      {{#has_waiting}}{{#is_single}}Wartet auf Sie: {{first_title}}{{/is_single}}\
      {{^is_single}}{{count}} Vorschläge warten auf Sie{{/is_single}}{{/has_waiting}}\
      {{^has_waiting}}Neues zu {{first_title}}{{/has_waiting}}
      """,
    preview: "Entscheiden Sie im Posteingang von AIOM",
    blocks: [
      .paragraph("Guten Tag {{person_name}},"),
      .paragraph(
        """
        {{#has_waiting}}{{#is_single}}ein Vorschlag wartet{{/is_single}}\
        {{^is_single}}{{count}} Vorschläge warten{{/is_single}} auf Ihre Entscheidung. Nichts \
        wird gesendet, bevor jemand im Posteingang von AIOM entscheidet.{{/has_waiting}}\
        {{^has_waiting}}das sollen Sie nach Ihren Regeln wissen.{{/has_waiting}}
        """),
      .table(
        Letter.Table(
          list: "lines",
          columns: [
            .init(title: "Vorschlag", value: "{{title}}"),
            .init(
              title: "Stand",
              value: """
                {{#is_waiting}}wartet bis {{until}}{{/is_waiting}}\
                {{#is_proposed}}vorgeschlagen{{/is_proposed}}{{#is_done}}ausgeführt{{/is_done}}\
                {{#is_failed}}gescheitert{{/is_failed}}{{#is_refused}}abgelehnt{{/is_refused}}\
                {{#is_ended}}ohne Entscheidung beendet{{/is_ended}}
                """),
          ])),
      .when("has_more", [.paragraph("Und {{more}} weitere.")]),
      .signature(closing: "AIOM, für {{company_name}}", signer: nil, letterhead: false),
    ])
}
