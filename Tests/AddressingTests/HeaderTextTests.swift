import Testing

@testable import Addressing

@Suite struct HeaderTextTests {
  @Test(arguments: [
    "Invoice 7", "", "Überfällig: 5 €", "tab-less", "emoji 📄", "a:b;c,d\"e\"",
  ])
  func `ordinary text passes`(text: String) throws {
    try HeaderText.check(text)
  }

  @Test(arguments: [
    ("a\r\nBcc: x", "header.line_break"), ("a\nb", "header.line_break"),
    ("a\rb", "header.line_break"), ("a\u{85}b", "header.line_break"),
    ("a\u{2028}b", "header.line_break"), ("a\u{2029}b", "header.line_break"),
    ("a\0b", "header.control"), ("a\tb", "header.control"), ("\u{7F}", "header.control"),
    ("\u{9F}", "header.control"),
  ])
  func `text that could break a header is refused`(text: String, code: String) {
    #expect(throws: AddressingIssue.self) { try HeaderText.check(text) }
    do throws(AddressingIssue) {
      try HeaderText.check(text)
    } catch {
      #expect(error.code == code)
    }
  }
}
