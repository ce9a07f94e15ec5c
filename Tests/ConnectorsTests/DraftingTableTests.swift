import Testing

@testable import Connectors

@Suite struct `Plain text tables` {
  @Test func `columns line up as the ruler says`() {
    let text = "before\nA\tB\tC\n---\t---:\t---\nlonger\t1\tx\ny\t100\t\nafter"
    #expect(
      PlainTextTables.align(text) == """
        before
        A         B  C
        ------  ---  -
        longer    1  x
        y       100
        after
        """)
  }

  @Test func `two tables have widths of their own`() {
    #expect(PlainTextTables.align("a\tb\n\nlong\tb") == "a  b\n\nlong  b")
  }

  @Test func `wide characters take two columns`() {
    #expect(PlainTextTables.align("請求\tx\nabcd\tx") == "請求  x\nabcd  x")
  }

  @Test(arguments: ["", "one line", "a\n\nb\n", "--- is no table"])
  func `text without tabs is left alone`(text: String) {
    #expect(PlainTextTables.align(text) == text)
  }
}
