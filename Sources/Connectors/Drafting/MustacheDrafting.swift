import ActionProtocol
import Insights

/// Message templates in Mustache: those AIOM ships in English and German, and those a company puts
/// into a directory of its own.
///
/// Every template is checked when it is loaded, whether anything uses it or not. The value is immutable
/// afterwards: files changed later count from the next start.
public struct MustacheDrafting: MessageDrafting {
  private struct Key: Hashable {
    let template: String
    let language: String
  }

  /// The language of last resort; shipped for every template.
  public static let fallbackLanguage = "en"

  private let templates: [Key: MessageTemplate]

  /// Loads the shipped templates and lays those of a directory over them.
  ///
  /// A file replaces one text of one language, the others stay as shipped. A language that is not
  /// shipped needs all three texts.
  ///
  /// - Parameter directory: holds `<template>.<language>.subject`, `.txt` and `.html` in UTF-8; nil for
  ///   the shipped ones only.
  /// - Throws: ``DraftingError`` for the first file that is not a valid template.
  public init(directory: String? = nil) throws(DraftingError) {
    var sources = ShippedTemplates.all
    if let directory {
      for file in try TemplateFiles.read(directory: directory) {
        sources[file.definition.name, default: [:]][file.language, default: .empty][file.part] =
          file.text
      }
    }
    var templates: [Key: MessageTemplate] = [:]
    for definition in TemplateCatalogue.all {
      let languages = sources[definition.name] ?? [:]
      for (language, source) in languages.sorted(by: { $0.key < $1.key }) {
        let name = "\(definition.name).\(language)"
        templates[Key(template: definition.name, language: language)] = try MessageTemplate(
          source.complete(name), definition: definition, language: language)
      }
    }
    self.templates = templates
  }

  /// The languages a template can be written in, sorted.
  public func languages(of template: String) -> [String] {
    templates.keys.filter { $0.template == template }.map(\.language).sorted()
  }

  public func resolvedLanguage(_ template: String, wanted language: String) -> String {
    let tag = language.lowercased().replacing("_", with: "-")
    let base = tag.split(separator: "-").first.map(String.init) ?? ""
    return [tag, base].first { templates[Key(template: template, language: $0)] != nil }
      ?? Self.fallbackLanguage
  }

  public func draft(
    _ template: String, language: String, values: JSONObject
  ) throws(DraftingError) -> DraftedMessage {
    let language = resolvedLanguage(template, wanted: language)
    guard let found = templates[Key(template: template, language: language)] else {
      throw DraftingError(
        code: "template.unknown", template: template, detail: "there is no such template")
    }
    return try found.fill(values)
  }
}
