import Cards

/// A card's blocks as HTML: sections under headings, names beside values, whole texts as they are.
enum CardHTML {
  static func write(_ blocks: [CardDocument.Block], _ html: inout HTML) {
    var rest = blocks[...]
    // What stands before the first heading identifies the action; people need it last.
    let lead = rest.prefix { if case .heading = $0 { false } else { true } }
    rest = rest.dropFirst(lead.count)
    while case .heading(let title)? = rest.first {
      rest = rest.dropFirst()
      let section = rest.prefix { if case .heading = $0 { false } else { true } }
      rest = rest.dropFirst(section.count)
      let isWhy = title.hasPrefix("Why")
      html.element("section", isWhy ? [("data-part", "why")] : []) { part in
        part.element("h2", text: title)
        body(section, &part)
      }
    }
    guard !lead.isEmpty else { return }
    html.element("section") { part in
      part.element("h2", text: "Identity")
      body(lead, &part)
    }
  }

  private static func body(_ blocks: ArraySlice<CardDocument.Block>, _ html: inout HTML) {
    var rest = blocks
    while let block = rest.popFirst() {
      switch block {
      case .heading: break
      case .paragraph(let words): html.element("p", text: words)
      case .quote(let words):
        var lines = [words]
        while case .quote(let more)? = rest.first {
          lines.append(more)
          rest = rest.dropFirst()
        }
        html.element("pre", text: lines.joined(separator: "\n"))
      case .item(let words):
        var items = [words]
        while case .item(let more)? = rest.first {
          items.append(more)
          rest = rest.dropFirst()
        }
        html.element("ul") { list in for item in items { list.element("li", text: item) } }
      case .field(let name, let value):
        var fields = [(name, value)]
        while case .field(let name, let value)? = rest.first {
          fields.append((name, value))
          rest = rest.dropFirst()
        }
        html.element("dl") { list in
          for (name, value) in fields {
            list.element("dt", text: name)
            list.element("dd", text: value)
          }
        }
      case .table(let table, let hasHeadings): write(table, hasHeadings, &html)
      }
    }
  }

  private static func write(_ table: CardTable, _ hasHeadings: Bool, _ html: inout HTML) {
    html.element("div", [("class", "wide")]) { box in
      box.element("table") { part in
        if hasHeadings {
          part.element("thead") { head in
            head.element("tr") { row in
              for column in table.columns {
                if column.title.isEmpty {
                  row.element("td", text: "")
                } else {
                  row.element("th", [("scope", "col")], text: column.title)
                }
              }
            }
          }
        }
        part.element("tbody") { body in
          for cells in table.rows {
            body.element("tr") { row in
              for (column, cell) in zip(table.columns, cells) {
                row.element(
                  "td", column.alignment == .right ? [("class", "number")] : [], text: cell)
              }
            }
          }
        }
      }
    }
  }
}
