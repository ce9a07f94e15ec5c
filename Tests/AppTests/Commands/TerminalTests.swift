import Testing

@testable import App

@Suite struct TerminalTests {
  @Test func `a table is aligned, also with wide and combining characters`() {
    var table = TextTable([.left("A"), .right("N"), .left("B")])
    table.add(["x", "1", "y"])
    table.add(["日本", "10", "e\u{301}"])
    #expect(table.rendered() == "A      N  B\nx      1  y\n日本  10  e\u{301}\n")
  }

  @Test func `a cell cannot break out of its line`() {
    var table = TextTable([.left("A")])
    table.add(["a\nb\u{1B}[31m\u{202E}"])
    #expect(table.rendered(headings: false) == "a b\\u{1b}[31m\\u{202e}\n")
  }

  @Test func `text is broken at spaces and long words stay whole`() {
    #expect(
      DisplayText.wrap("aaaa bbbb cccc dddddddddddddddddddddddddd", width: 20)
        == ["aaaa bbbb cccc", "dddddddddddddddddddddddddd"])
  }

  @Test func `a shortened line says that it is`() {
    #expect(DisplayText.shortened("abcdef", to: 4) == "abc…")
    #expect(DisplayText.shortened("abcd", to: 4) == "abcd")
  }

  @Test func `colour is off where NO_COLOR is set`() {
    #expect(!Style(stream: .output, environment: ["NO_COLOR": "1"]).isOn)
    #expect(Style.plain.bold("x") == "x")
    #expect(Style(isOn: true).red("x") == "\u{1B}[31mx\u{1B}[0m")
  }

  @Test(
    arguments: [
      (["0193aaaa", "0193aaab"], 8), (["0193aaaa1", "0193aaaa2"], 9), (["x"], 8), ([], 8),
    ] as [([String], Int)])
  func `ids are cut where they still differ`(_ ids: [String], _ count: Int) {
    #expect(ActionStateView.shortestUniquePrefix(ids) == count)
  }

  @Test func `paragraphs of a help text are joined, indented lines stay`() {
    #expect(Examples.joined("a\nb\n\nc\n  d\n  e\nf") == "a b\n\nc\n  d\n  e\nf")
  }
}
