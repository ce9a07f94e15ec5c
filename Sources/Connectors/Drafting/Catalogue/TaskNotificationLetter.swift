/// Tells a colleague which tasks are overdue. It stays in the house and carries no letterhead.
enum TaskNotificationLetter {
  static let english = Letter(
    language: "en",
    subject: """
      {{#is_single}}Overdue: {{task_name}}{{/is_single}}\
      {{^is_single}}{{count}} overdue tasks, first {{task_name}}{{/is_single}}
      """,
    preview: "Finish, move or hand over",
    blocks: [
      .paragraph("Hello {{assignee_name}},"),
      .paragraph(
        """
        {{#is_single}}one of your tasks is overdue.{{/is_single}}\
        {{^is_single}}{{count}} of your tasks are overdue.{{/is_single}}
        """),
      .table(
        Letter.Table(
          list: "tasks",
          columns: [
            .init(title: "Task", value: "{{name}}"),
            .init(title: "Project", value: "{{project}}"),
            .init(title: "Deadline", value: "{{deadline}}", isUnbroken: true),
            .init(title: "Days overdue", value: "{{days_overdue}}", alignsRight: true),
          ])),
      .paragraph(
        """
        Please finish {{#is_single}}it{{/is_single}}{{^is_single}}them{{/is_single}}, set a new \
        deadline, or hand over what you cannot do.
        """),
      .signature(closing: "AIOM, for {{company_name}}", signer: nil, letterhead: false),
    ])

  static let german = Letter(
    language: "de",
    subject: """
      {{#is_single}}Überfällig: {{task_name}}{{/is_single}}\
      {{^is_single}}{{count}} überfällige Aufgaben, erste {{task_name}}{{/is_single}}
      """,
    preview: "Erledigen, verschieben oder abgeben",
    blocks: [
      .paragraph("Guten Tag {{assignee_name}},"),
      .paragraph(
        """
        {{#is_single}}eine Ihrer Aufgaben ist überfällig.{{/is_single}}\
        {{^is_single}}{{count}} Ihrer Aufgaben sind überfällig.{{/is_single}}
        """),
      .table(
        Letter.Table(
          list: "tasks",
          columns: [
            .init(title: "Aufgabe", value: "{{name}}"),
            .init(title: "Projekt", value: "{{project}}"),
            .init(title: "Termin", value: "{{deadline}}", isUnbroken: true),
            .init(title: "Tage überfällig", value: "{{days_overdue}}", alignsRight: true),
          ])),
      .paragraph(
        """
        Bitte erledigen Sie {{#is_single}}sie, setzen Sie einen neuen Termin oder geben Sie sie \
        ab{{/is_single}}{{^is_single}}sie, setzen Sie neue Termine oder geben Sie ab, was Sie \
        nicht schaffen{{/is_single}}.
        """),
      .signature(closing: "AIOM, für {{company_name}}", signer: nil, letterhead: false),
    ])
}
