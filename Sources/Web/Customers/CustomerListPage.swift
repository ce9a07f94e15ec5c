import ActionProtocol
import Cards
import Engine

/// The list of customers.
enum CustomerPages {
  static func list(_ frame: DeskFrame, _ page: CustomerPage, search: String?) -> Page {
    .desk(frame, title: "Customers", current: "/customers") { main in
      main.element("h1", text: "Customers")
      searching(frame, search, &main)
      guard !page.lines.isEmpty else {
        main.nothing(
          search == nil
            ? "The records hold no customer. Import them with: aiom import partners FILE"
            : "No customer has this in their name, e-mail or number.")
        return
      }
      main.table(
        ["Customer", "E-mail", "Owed", "Open invoices", "Earliest due"], label: "Customers",
        stacks: true
      ) { body in
        for line in page.lines { row(frame, line, &body) }
      }
      guard let next = page.next else { return }
      let query = (search.map { [("q", $0)] } ?? []) + [("after", next.text)]
      main.element("p", [("class", "more")]) { more in
        more.element(
          "a", [("href", frame.path("/customers", query)), ("rel", "next")],
          text: "Further customers")
      }
    }
  }

  private static func searching(_ frame: DeskFrame, _ search: String?, _ main: inout HTML) {
    main.element(
      "form",
      [("method", "get"), ("action", "/customers"), ("class", "search"), ("role", "search")]
    ) { form in
      if frame.orgs.count > 1 { form.hidden("org", frame.org.rawValue) }
      form.field(
        "q", "q", "A part of the name or e-mail address, or the number",
        [("value", search ?? ""), ("type", "search"), ("maxlength", "200")])
      form.button("Search")
    }
  }

  private static func row(_ frame: DeskFrame, _ line: CustomerLine, _ body: inout HTML) {
    body.element("tr") { row in
      row.link(frame.path("/customers/\(line.record.id.rawValue)"), line.record.name)
      row.element("td", text: line.record.email ?? "none")
      row.element(
        "td",
        text: line.debts.isEmpty
          ? "nothing" : line.debts.map { AmountText.text($0.open) }.joined(separator: ", "))
      row.element("td", text: String(line.debts.reduce(0) { $0 + $1.invoices }))
      row.element("td", text: line.debts.compactMap(\.earliestDue).min()?.iso ?? "")
    }
  }
}
