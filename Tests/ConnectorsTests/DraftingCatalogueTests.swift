import ActionProtocol
import Foundation
import Insights
import Testing

@testable import Connectors

@Suite struct `Shipped templates` {
  @Test(arguments: TemplateCatalogue.all.map(\.name))
  func `every template of the catalogue speaks English and German`(name: String) throws {
    #expect(try MustacheDrafting().languages(of: name) == ["de", "en"])
  }

  @Test(arguments: TemplateCatalogue.all.map(\.name), ["en", "de"])
  func `every template fills its three texts from sample values, flags either way`(
    name: String, language: String
  ) throws {
    let definition = try #require(TemplateCatalogue.definition(name))
    for flag in [true, false] {
      let message = try MustacheDrafting().draft(
        name, language: language, values: Samples.values(definition.variables, flags: flag))
      #expect(!message.subject.contains("{{") && !message.subject.isEmpty)
      #expect(!message.text.contains("{{") && !message.text.contains("\t"))
      #expect(!message.html.contains("{{"))
      #expect(!message.text.contains("\n\n\n"), "no double blank lines")
      #expect(message.html.hasPrefix("<!DOCTYPE html>\n<html lang=\"\(language)\">"))
    }
  }

  @Test(arguments: TemplateCatalogue.all.map(\.name), ["en", "de"])
  func `HTML loads and runs nothing and is well formed`(name: String, language: String) throws {
    let definition = try #require(TemplateCatalogue.definition(name))
    let html = try MustacheDrafting().draft(
      name, language: language, values: Samples.values(definition.variables, flags: true)
    ).html
    for forbidden in ["<script", "<form", "<iframe", "<img", "<link", "url(", "http", "onclick"] {
      #expect(!html.contains(forbidden))
    }
    #expect(Markup.unbalanced(html) == [])
  }

  @Test func `messages to customers say who writes`() throws {
    let inside = ["task_notification", "person_notice", "critical_alert", "briefing"]
    for definition in TemplateCatalogue.all where !inside.contains(definition.name) {
      for language in ["en", "de"] {
        let message = try MustacheDrafting().draft(
          definition.name, language: language,
          values: Samples.values(definition.variables, flags: true))
        for part in [message.text, message.html] {
          #expect(part.contains("<legal_name>") || part.contains("&lt;legal_name&gt;"))
          #expect(part.contains("<line>") || part.contains("&lt;line&gt;"))
        }
      }
    }
  }

  @Test(arguments: [
    ("de", "de"), ("de-AT", "de"), ("de_CH", "de"), ("DE", "de"), ("en-GB", "en"), ("fr", "en"),
    ("", "en"), ("../de", "en"),
  ])
  func `a tag resolves to itself, its base, or English`(wanted: String, language: String) throws {
    let drafting = try MustacheDrafting()
    #expect(drafting.resolvedLanguage("invoice_reminder", wanted: wanted) == language)
  }

  @Test func `an unknown template is an error`() throws {
    #expect(throws: DraftingError.self) {
      try MustacheDrafting().draft("nothing", language: "en", values: [:])
    }
  }
}

/// Values for every variable of a definition: each text is its own name in angle brackets.
enum Samples {
  static func values(_ variables: [TemplateVariable], flags: Bool) -> JSONObject {
    var values = JSONObject()
    for variable in variables {
      switch variable.kind {
      case .text: values[variable.name] = .string("<\(variable.name)>")
      case .flag: values[variable.name] = .bool(flags)
      case .list(let fields):
        let entry = JSONValue.object(Self.values(fields, flags: flags))
        values[variable.name] = .array([entry, entry])
      }
    }
    return values
  }
}

/// A small check that every element that is opened is closed in order.
enum Markup {
  private static let empty: Set<String> = ["meta", "br", "!DOCTYPE"]

  static func unbalanced(_ html: String) -> [String] {
    var open: [String] = []
    for piece in html.split(separator: "<").dropFirst(html.hasPrefix("<") ? 0 : 1) {
      let tag = String(piece.prefix { $0 != ">" && $0 != " " && $0 != "\n" })
      if tag.hasPrefix("/") {
        if open.last == String(tag.dropFirst()) { open.removeLast() } else { return [tag] }
      } else if !empty.contains(tag) {
        open.append(tag)
      }
    }
    return open
  }
}
