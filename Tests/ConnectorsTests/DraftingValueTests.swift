import ActionProtocol
import Insights
import Testing

@testable import Connectors

@Suite struct `Template values` {
  @Test(arguments: ["", " ", "\u{A0}"])
  func `a blank value is an error and never empty text`(value: String) throws {
    #expect(try code(text: "{{customer_name}}", ["customer_name": .string(value)]) == missing)
  }

  @Test func `an absent or null value is an error`() throws {
    #expect(try code(text: "{{customer_name}}", [:]) == missing)
    #expect(try code(text: "{{customer_name}}", ["customer_name": .null]) == missing)
    #expect(try code(text: "{{#is_single}}x{{/is_single}}", [:]) == missing)
    #expect(try code(text: "{{#invoices}}x{{/invoices}}", [:]) == missing)
  }

  @Test func `a field missing in an entry is not taken from outside`() throws {
    let values: JSONObject = [
      "days_overdue": "9", "invoices": [["number": "I-1"]],
    ]
    #expect(try code(text: "{{#invoices}}{{days_overdue}}{{/invoices}}", values) == missing)
  }

  @Test func `what is not printed need not be there`() throws {
    let text = "{{#has_credit}}{{credit}}{{/has_credit}}{{^has_credit}}none{{/has_credit}}"
    #expect(try draft(text: text, ["has_credit": false]).text == "none")
    #expect(try code(text: text, ["has_credit": true]) == missing)
  }

  @Test(arguments: [
    (JSONValue.integer(5), "{{customer_name}}"), (.bool(true), "{{customer_name}}"),
    (.string("yes"), "{{#is_single}}x{{/is_single}}"),
    (.array(["a"]), "{{#invoices}}x{{/invoices}}"),
  ])
  func `a value of another kind is an error`(value: JSONValue, text: String) throws {
    let values: JSONObject = ["customer_name": value, "is_single": value, "invoices": value]
    #expect(try code(text: text, values) == "template.wrong_kind")
  }

  @Test(arguments: ["a\nb", "a\r\nBcc: b@evil.example", "a\tb", "a\u{0}b", "a\u{2028}b", "\u{7F}"])
  func `line breaks and control characters in values are refused`(value: String) throws {
    #expect(
      try code(text: "{{customer_name}}", ["customer_name": .string(value)])
        == "template.unsafe_value")
  }

  @Test func `a subject has at most 200 characters`() throws {
    let name = String(repeating: "x", count: 200)
    let longest = try draft(subject: "{{customer_name}}", ["customer_name": .string(name)])
    #expect(longest.subject == name)
    #expect(
      try code(subject: "{{customer_name}}", ["customer_name": .string(name + "x")])
        == "template.subject_length")
    #expect(
      try code(subject: "{{#is_single}}x{{/is_single}}", ["is_single": false])
        == "template.subject_length")
  }

  @Test func `text is not escaped, HTML is`() throws {
    let name = "<b>\"A\" & 'B'</b> {{total}} {{{total}}}"
    let message = try draft(
      subject: "{{customer_name}}", text: "{{customer_name}}",
      html: "{{#is_single}}{{customer_name}}{{/is_single}}",
      ["customer_name": .string(name), "is_single": true, "total": "9"])
    #expect(message.subject == name)
    #expect(message.text == name)
    #expect(
      message.html
        == "&lt;b&gt;&quot;A&quot; &amp; &#39;B&#39;&lt;/b&gt; {{total}} {{{total}}}")
  }

  @Test func `keys that no catalogue declares change nothing`() throws {
    let values: JSONObject = [
      "customer_name": "A", "invoices": [["number": "I-1", "customer_name": "Mallory"]],
    ]
    let text = "{{#invoices}}{{number}} {{customer_name}}{{/invoices}}"
    #expect(try draft(text: text, values).text == "I-1 A")
  }

  @Test func `sections on lines of their own leave no blank lines`() throws {
    let text = "{{#is_single}}\none\n{{/is_single}}\n{{^is_single}}\nmany\n{{/is_single}}\nend\n"
    #expect(try draft(text: text, ["is_single": true]).text == "one\nend\n")
    #expect(try draft(text: text, ["is_single": false]).text == "many\nend\n")
  }

  private let missing = "template.missing_value"

  private func draft(
    subject: String = "Hello", text: String = "Hello", html: String = "Hello",
    _ values: JSONObject
  ) throws -> DraftedMessage {
    try MessageTemplate(
      TemplateSource(subject: subject, text: text, html: html),
      definition: TemplateCatalogue.invoiceReminder, language: "en"
    ).fill(values)
  }

  private func code(
    subject: String = "Hello", text: String = "Hello", _ values: JSONObject
  ) throws -> String? {
    do {
      _ = try draft(subject: subject, text: text, values)
      return nil
    } catch let error as DraftingError {
      return error.code
    }
  }
}
