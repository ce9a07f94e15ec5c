import ActionProtocol
import Addressing
import Insights
import Mustache

/// The three texts that make a message, as they are written.
struct TemplateSource: Hashable, Sendable {
  var subject: String
  var text: String
  var html: String
}

/// A template of one language, checked against its definition and ready to be filled.
struct MessageTemplate: Sendable {
  /// What a text is escaped for.
  private enum ContentType: String {
    case text = "TEXT"
    case html = "HTML"
  }

  /// One of the three texts.
  private struct Part: Sendable {
    let name: String
    let nodes: [TemplateNode]
    let mustache: MustacheTemplate
  }

  let definition: TemplateDefinition
  let language: String
  private let subject: Part
  private let text: Part
  private let html: Part

  /// - Throws: what is wrong with one of the texts; no value is needed to find out.
  init(
    _ source: TemplateSource, definition: TemplateDefinition, language: String
  ) throws(DraftingError) {
    self.definition = definition
    self.language = language
    let name = "\(definition.name).\(language)"
    subject = try Self.part(
      "\(name).subject", source.subject.trimmed, .text, definition)
    text = try Self.part("\(name).txt", source.text, .text, definition)
    html = try Self.part("\(name).html", source.html, .html, definition)
  }

  /// Fills the three texts from the same values.
  ///
  /// - Throws: `template.missing_value`, `template.unsafe_value`, `template.wrong_kind`,
  ///   `template.subject_length`.
  func fill(_ values: JSONObject) throws(DraftingError) -> DraftedMessage {
    let values = TemplateValues(definition: definition, values: values)
    for part in [subject, text, html] {
      try values.check(part.nodes, template: part.name)
    }
    let context = values.context
    return DraftedMessage(
      subject: try Self.checked(subject.mustache.render(context).trimmed, subject.name),
      text: PlainTextTables.align(text.mustache.render(context)),
      html: html.mustache.render(context))
  }

  private static func part(
    _ name: String, _ source: String, _ type: ContentType, _ definition: TemplateDefinition
  ) throws(DraftingError) -> Part {
    let nodes = try TagScanner.scan(source, template: name)
    try TemplateChecker.check(nodes, definition: definition, template: name)
    do {
      // The pragma is ours alone: the scanner has refused every one of the template's own. It stands
      // on a line of its own, which the engine swallows.
      let mustache = try MustacheTemplate(
        string: "{{% CONTENT_TYPE: \(type.rawValue)}}\n\(source)")
      return Part(name: name, nodes: nodes, mustache: mustache)
    } catch {
      throw DraftingError(
        code: "template.syntax", template: name, detail: "the tags cannot be read")
    }
  }

  /// A subject becomes a header: one line, no control characters, 1-200 characters.
  private static func checked(
    _ subject: String, _ name: String
  ) throws(DraftingError) -> String {
    do {
      try HeaderText.check(subject)
    } catch {
      throw DraftingError(
        code: "template.unsafe_value", template: name,
        detail: "the subject holds a line break or control character")
    }
    guard (1...200).contains(subject.unicodeScalars.count) else {
      throw DraftingError(
        code: "template.subject_length", template: name,
        detail: "a subject has 1 to 200 characters")
    }
    return subject
  }
}

extension String {
  /// Without white space and line breaks at both ends.
  fileprivate var trimmed: String {
    let start = firstIndex { !$0.isWhitespace } ?? endIndex
    let end = lastIndex { !$0.isWhitespace }.map(index(after:)) ?? start
    return String(self[start..<end])
  }
}
