import ActionProtocol
import Foundation
import Insights
import Testing

@testable import Connectors

@Suite struct `Template files` {
  @Test func `a file replaces one text and leaves the others as shipped`() throws {
    let message = try draft(["custom_message.en.subject": "About {{subject}}\n"], language: "en")
    #expect(message.subject == "About <subject>")
    #expect(message.text.hasPrefix("Dear <customer_name>,"))
  }

  @Test func `a new language needs all three texts`() throws {
    let files = [
      "custom_message.nl.subject": "{{subject}}",
      "custom_message.nl.txt": "Beste {{customer_name}}",
      "custom_message.nl.html": "<p>Beste {{customer_name}}</p>",
    ]
    #expect(try draft(files, language: "nl_BE").text == "Beste <customer_name>")
    #expect(code(files.filter { !$0.key.hasSuffix("html") }) == "template.incomplete")
  }

  @Test(arguments: [
    (["custom_message.en.txt": "{{{subject}}}"], "template.forbidden_tag"),
    (["custom_message.de.html": "{{nobody}}"], "template.unknown_variable"),
    (["custom_mesage.en.txt": "x"], "template.unknown"),
    (["custom_message..txt": "x"], "template.unknown"),
  ])
  func `a wrong file is found when it is loaded`(files: [String: String], expected: String) {
    #expect(code(files) == expected)
  }

  @Test func `other files are not looked at`() throws {
    #expect(code(["README.md": "{{{x}}}", "custom_message.en.txt.bak": "{{{x}}}"]) == nil)
  }

  @Test func `a directory that cannot be read is an error`() {
    #expect(throws: DraftingError.self) {
      try MustacheDrafting(directory: "/nonexistent/\(UUID().uuidString)")
    }
  }

  @Test func `a file that is not UTF-8 is an error`() throws {
    try withDirectory { directory in
      try Data([0xFF, 0xFE, 0x41]).write(
        to: directory.appendingPathComponent("custom_message.en.txt"))
      #expect(throws: DraftingError.self) { try MustacheDrafting(directory: directory.path) }
    }
  }

  private func draft(_ files: [String: String], language: String) throws -> DraftedMessage {
    try withDirectory { directory in
      try write(files, to: directory)
      return try MustacheDrafting(directory: directory.path).draft(
        "custom_message", language: language,
        values: Samples.values(TemplateCatalogue.customMessage.variables, flags: true))
    }
  }

  private func code(_ files: [String: String]) -> String? {
    do {
      _ = try withDirectory { directory in
        try write(files, to: directory)
        return try MustacheDrafting(directory: directory.path)
      }
      return nil
    } catch let error as DraftingError {
      return error.code
    } catch {
      return "\(error)"
    }
  }

  private func write(_ files: [String: String], to directory: URL) throws {
    for (name, text) in files {
      try Data(text.utf8).write(to: directory.appendingPathComponent(name))
    }
  }

  private func withDirectory<Value>(_ body: (URL) throws -> Value) throws -> Value {
    let directory = FileManager.default.temporaryDirectory
      .appendingPathComponent("templates-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    return try body(directory)
  }
}
