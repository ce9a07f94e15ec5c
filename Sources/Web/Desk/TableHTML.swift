extension HTML {
  /// A table with a heading for each column, in a box that scrolls by itself where it is wide.
  /// - Parameters:
  ///   - numbers: the places of columns with numbers.
  ///   - stacks: on a phone the cells of a row stand below each other.
  mutating func table(
    _ headings: [String], numbers: Set<Int> = [], label: String, stacks: Bool = false,
    rows content: (inout HTML) -> Void
  ) {
    let attributes: [(StaticString, String)] = [
      ("class", stacks ? "wide list stacks" : "wide list"), ("role", "region"),
      ("aria-label", label), ("tabindex", "0"),
    ]
    element("div", attributes) { box in
      box.element("table") { table in
        table.element("thead") { head in
          head.element("tr") { row in
            for (place, heading) in headings.enumerated() {
              let name: [(StaticString, String)] =
                numbers.contains(place) ? [("class", "number")] : []
              row.element("th", [("scope", "col")] + name, text: heading)
            }
          }
        }
        table.element("tbody", [], content)
      }
    }
  }

  /// A row of plain cells.
  mutating func cells(_ texts: [String]) {
    element("tr") { row in for text in texts { row.element("td", text: text) } }
  }

  /// A cell with a moment in it, which is not broken into lines.
  mutating func moment(_ words: String) {
    element("td") { $0.element("time", text: words) }
  }

  /// A cell with a link in it.
  mutating func link(_ path: String, _ words: String) {
    element("td") { $0.element("a", [("href", path)], text: words) }
  }

  /// What stands where a list has nothing.
  mutating func nothing(_ words: String) {
    element("p", [("class", "empty")], text: words)
  }
}
