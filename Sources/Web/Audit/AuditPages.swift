import ActionProtocol
import Cards
import Engine

/// The audit log as a page: its filter, its entries, its files.
enum AuditPages {
  private static let names = ["action", "actor", "kind", "from", "to"]

  /// The filter's values as they were given.
  static func asked(_ query: QueryValues) -> [(String, String)] {
    names.compactMap { name in query.text(name).map { (name, $0) } }
  }

  static func list(
    _ frame: DeskFrame, _ page: AuditPage, _ asked: [(String, String)], before: String?
  ) -> Page {
    .desk(frame, title: "Audit", current: "/audit") { main in
      main.element("h1", text: "Audit")
      main.element(
        "p", [("class", "hint")],
        text: "Who did what, the latest first; only ever appended to. Reasons and addresses stand "
          + "apart and are not shown here.")
      filter(frame, asked, &main)
      if page.lines.isEmpty {
        main.nothing("No entry of this kind among the \(page.examined) that were looked through.")
      } else {
        table(frame, page, &main)
      }
      further(frame, page, asked, &main)
      files(frame, asked + (before.map { [("before", $0)] } ?? []), &main)
    }
  }

  private static func filter(
    _ frame: DeskFrame, _ asked: [(String, String)], _ main: inout HTML
  ) {
    let labels = [
      ("kind", "Kind, such as action.approved, or action", "search"),
      ("actor", "Who, such as person:ann", "search"), ("action", "Action, its whole id", "search"),
      ("from", "From this day", "date"), ("to", "To this day", "date"),
    ]
    main.element("form", [("method", "get"), ("action", "/audit"), ("class", "search")]) { form in
      if frame.orgs.count > 1 { form.hidden("org", frame.org.rawValue) }
      for (name, label, type) in labels {
        form.element("div") { part in
          part.field(
            "audit-\(name)", name, label,
            [("type", type), ("value", asked.first { $0.0 == name }?.1 ?? "")])
        }
      }
      form.button("Show")
    }
  }

  private static func table(_ frame: DeskFrame, _ page: AuditPage, _ main: inout HTML) {
    main.table(
      ["Number", "When", "What", "Who", "Via", "About", "Decided"], numbers: [0], label: "Entries"
    ) { body in
      for line in page.lines {
        body.element("tr") { row in
          row.element("td", [("class", "number")], text: String(line.record.sequence))
          row.moment(frame.time.rounded(line.record.at))
          row.element("td", text: line.kind)
          row.element("td", text: line.actor)
          row.element("td", text: line.via)
          about(frame, line, &row)
          row.element("td") { decided(line, &$0) }
        }
      }
    }
  }

  private static let longest = 60

  /// What is long opens by itself.
  private static func decided(_ line: AuditLine, _ cell: inout HTML) {
    let words = line.decided
    guard words.count > longest else { return cell.text(words) }
    cell.element("details") { details in
      details.element("summary", text: "\(words.prefix(longest))…")
      details.element("p", text: words)
    }
  }

  private static func about(_ frame: DeskFrame, _ line: AuditLine, _ row: inout HTML) {
    let prefix = "action:"
    guard line.subject.hasPrefix(prefix) else {
      row.element("td", text: line.subject)
      return
    }
    row.link(
      frame.path("/actions/\(line.subject.dropFirst(prefix.count))"), "the action")
  }

  private static func further(
    _ frame: DeskFrame, _ page: AuditPage, _ asked: [(String, String)], _ main: inout HTML
  ) {
    guard let next = page.next else { return }
    main.element("p", [("class", "more")]) { more in
      more.element(
        "a",
        [("href", frame.path("/audit", asked + [("before", String(next))])), ("rel", "next")],
        text: page.lines.isEmpty ? "Look further back, before entry \(next)" : "Older entries")
    }
  }

  private static func files(
    _ frame: DeskFrame, _ asked: [(String, String)], _ main: inout HTML
  ) {
    main.element("p") { words in
      words.text("Take these entries away as ")
      for (place, format) in ["csv", "json"].enumerated() {
        if place > 0 { words.text(" or ") }
        words.element(
          "a",
          [
            ("href", frame.path("/audit/export", asked + [("format", format)])),
            ("download", "audit-\(frame.org.rawValue).\(format)"),
          ], text: format.uppercased())
      }
      words.text(", from the first of this page on, 5,000 to a file.")
    }
  }
}
