import Connectors
import Foundation
import Insights
import Testing

/// What is shown to people who write templates: everything that is wrong at once, with file and line.
@Suite struct TemplateShelfTests {
  private func shelf(_ files: [String: String]) throws -> TemplateShelf {
    let folder = NSTemporaryDirectory() + "aiom-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for (name, text) in files {
      try Data(text.utf8).write(to: URL(filePath: folder).appending(path: name))
    }
    return TemplateShelf(directory: folder)
  }

  @Test func `the shipped ones have nothing that a reader minds`() {
    let shelf = TemplateShelf()
    #expect(shelf.problems.isEmpty)
    #expect(shelf.entries.count == TemplateCatalogue.all.count * 2)
    #expect(shelf.entries.allSatisfy { $0.ownParts.isEmpty })
  }

  @Test func `every file's error is told, with its line`() throws {
    let shelf = try shelf([
      "invoice_reminder.en.txt": "Dear {{customer_name}},\nplease pay\n{{totl}} now.",
      "deal_follow_up.de.html": "<p>{{{contact_name}}}</p>",
      "payment_confirmation.en.subject": "{{#is_settled}}Paid",
      "nonsense.en.txt": "Hello",
    ])
    let found = shelf.problems.map { "\($0.file):\($0.line ?? 0) \($0.code)" }
    #expect(shelf.problems.allSatisfy { $0.isError })
    #expect(
      found == [
        "nonsense.en.txt:0 template.unknown",
        "invoice_reminder.en.txt:3 template.unknown_variable",
        "deal_follow_up.de.html:1 template.forbidden_tag",
        "payment_confirmation.en.subject:1 template.syntax",
      ])
    #expect(shelf.problems[1].detail == "totl is not a name of this template")
  }

  @Test func `a language without all its texts is an error, another's names are not`() throws {
    let shelf = try shelf(["invoice_reminder.fr.txt": "Bonjour {{customer_name}}"])
    #expect(shelf.problems.map(\.code) == ["template.incomplete"])
  }

  @Test func `what a filter or a reader minds is a warning`() throws {
    let shelf = try shelf([
      "payment_confirmation.en.txt":
        "Dear {{customer_name}},\nthanks for {{amount}}.\nFree delivery: buy now at http://shop.example",
      "payment_confirmation.en.html":
        "<p>Dear {{customer_name}}</p>\n<script>alert(1)</script><p>{{received_on}}</p>",
      "payment_confirmation.en.subject": String(repeating: "x", count: 121),
    ])
    #expect(shelf.problems.allSatisfy { !$0.isError })
    let codes = Set(shelf.problems.map { "\($0.file):\($0.line ?? 0) \($0.code)" })
    for expected in [
      "payment_confirmation.en.txt:3 lint.promotion", "payment_confirmation.en.txt:3 lint.link",
      "payment_confirmation.en.html:2 lint.html", "payment_confirmation.en.html:0 lint.twins",
      "payment_confirmation.en.txt:0 lint.twins", "payment_confirmation.en.subject:0 lint.length",
    ] {
      #expect(codes.contains(expected), "\(expected) not in \(codes)")
    }
  }

  @Test func `a word inside another is no promotion, and selling may sell`() throws {
    let shelf = try shelf([
      "invoice_reminder.en.txt": "Dear {{customer_name}}, wholesale and freedom: {{total}}.",
      "deal_follow_up.en.txt":
        "{{contact_name}}: a special offer for {{deal_name}}, {{owner_name}}",
    ])
    #expect(!shelf.problems.contains { $0.code == "lint.promotion" })
  }

  @Test(arguments: TemplateCatalogue.all.map(\.name), ["en", "de"])
  func `every shipped template can be filled with the invented values`(
    _ name: String, _ language: String
  ) throws {
    let definition = try #require(TemplateCatalogue.definition(name))
    let message = try MustacheDrafting().draft(
      name, language: language, values: definition.sampleValues)
    #expect(!message.subject.isEmpty && !message.text.contains("{{"))
    #expect(!message.html.contains("{{"))
  }
}
