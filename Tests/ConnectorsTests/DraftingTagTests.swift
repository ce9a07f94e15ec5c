import ActionProtocol
import Insights
import Testing

@testable import Connectors

@Suite struct `Template tags` {
  @Test(arguments: [
    "{{{customer_name}}}", "{{& customer_name}}", "{{ &customer_name}}", "{{> footer}}",
    "{{< layout}}", "{{$ block}}", "{{=<% %>=}}", "{{% CONTENT_TYPE: TEXT}}",
    "{{uppercased(customer_name)}}", "{{#reversed(invoices)}}{{/reversed(invoices)}}",
    "{{>*customer_name}}", "Dear {{{ customer_name }}}",
  ])
  func `tags that print unescaped, include, call or reconfigure are refused`(text: String) {
    #expect(code(of: text) == "template.forbidden_tag")
  }

  @Test(arguments: [
    "{{customer_name", "{{}}", "{{ }}", "{{.}}", "{{Customer}}", "{{customer.name}}", "{{1a}}",
    "{{#is_single}}", "{{/is_single}}", "{{#is_single}}{{/is_firm}}", "{{customer\u{301}_name}}",
    "{{#is_single}}{{#is_firm}}{{/is_single}}{{/is_firm}}", "{{customer_name}", "{{$",
  ])
  func `broken tags are refused`(text: String) {
    #expect(code(of: text) == "template.syntax")
  }

  @Test(arguments: [
    ("{{nobody}}", "template.unknown_variable"), ("{{number}}", "template.unknown_variable"),
    ("{{#nobody}}{{/nobody}}", "template.unknown_variable"),
    ("{{^invoices}}{{number}}{{/invoices}}", "template.unknown_variable"),
    ("{{is_single}}", "template.wrong_kind"), ("{{invoices}}", "template.wrong_kind"),
    ("{{#customer_name}}{{/customer_name}}", "template.wrong_kind"),
  ])
  func `names outside the catalogue, or used for what they are not, are refused`(
    text: String, expected: String
  ) {
    #expect(code(of: text) == expected)
  }

  @Test(arguments: [
    "{{customer_name}}", "{{ customer_name }}", "{{! a note }}", "{ {customer_name} }", "}}",
    "{{#invoices}}{{number}} {{customer_name}}{{/invoices}}", "plain", "",
    "{{#is_single}}a{{/is_single}}{{^is_single}}b{{/is_single}}",
    "{{#invoices}}{{#is_single}}{{amount}}{{/is_single}}{{/invoices}}",
  ])
  func `variables, sections and comments are all there is`(text: String) {
    #expect(code(of: text) == nil)
  }

  @Test func `an error names template and line, and no value`() throws {
    let found = try #require(self.error(of: "Dear\n\n{{nobody}}"))
    #expect(found.template == "invoice_reminder.en.txt")
    #expect(found.detail == "line 3: nobody is not a name of this template")
  }

  private func code(of text: String) -> String? { error(of: text)?.code }

  private func error(of text: String) -> DraftingError? {
    do {
      _ = try MessageTemplate(
        TemplateSource(subject: "Hello", text: text, html: "<p>Hello</p>"),
        definition: TemplateCatalogue.invoiceReminder, language: "en")
      return nil
    } catch {
      return error
    }
  }
}
