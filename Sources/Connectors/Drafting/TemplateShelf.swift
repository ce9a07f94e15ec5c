import Foundation
import Insights

/// All templates with their texts, shipped and a company's own, and everything that is wrong with them.
///
/// Unlike ``MustacheDrafting`` it does not stop at the first problem: it is for people who write templates.
public struct TemplateShelf: Sendable {
  /// A template in a language.
  public struct Entry: Sendable {
    public let definition: TemplateDefinition
    public let language: String
    public let subject: String
    public let text: String
    public let html: String
    /// The parts that come from a file of the company's own: `subject`, `txt`, `html`.
    public let ownParts: [String]
  }

  /// Something that is wrong, or that a reader might mind.
  public struct Problem: Hashable, Sendable {
    /// An error keeps AIOM from starting; a warning does not.
    public let isError: Bool
    /// Such as `invoice_reminder.de.txt`.
    public let file: String
    /// From 1; nil where it is about the whole text.
    public let line: Int?
    public let code: String
    public let detail: String
  }

  /// By template in the catalogue's order, then language.
  public private(set) var entries: [Entry] = []
  /// In the order of ``entries``; those of files that are no template first.
  public private(set) var problems: [Problem] = []

  /// - Parameter directory: the company's own texts; nil for the shipped ones only.
  public init(directory: String? = nil) {
    var sources = ShippedTemplates.all
    var own: [String: [String]] = [:]
    for file in readable(directory) {
      let name = "\(file.definition.name).\(file.language)"
      sources[file.definition.name, default: [:]][file.language, default: .empty][file.part] =
        file.text
      own[name, default: []].append(file.part.rawValue)
    }
    for definition in TemplateCatalogue.all {
      let languages = sources[definition.name] ?? [:]
      for (language, source) in languages.sorted(by: { $0.key < $1.key }) {
        take(
          source, definition, language,
          ownParts: own["\(definition.name).\(language)"]?.sorted() ?? [])
      }
    }
  }

  /// The entry of a language, or of English where there is none.
  public func entry(_ template: String, _ language: String) -> Entry? {
    let all = entries.filter { $0.definition.name == template }
    return all.first { $0.language == language } ?? all.first { $0.language == "en" }
  }

  private mutating func readable(_ directory: String?) -> [TemplateFiles.File] {
    guard let directory else { return [] }
    do throws(DraftingError) {
      let names = try TemplateFiles.names(in: directory)
      return names.compactMap { name in
        do throws(DraftingError) {
          return try TemplateFiles.file(named: name, in: directory)
        } catch {
          problems.append(Problem(error, in: name))
          return nil
        }
      }
    } catch {
      problems.append(Problem(error, in: directory))
      return []
    }
  }

  private mutating func take(
    _ source: PartialSource, _ definition: TemplateDefinition, _ language: String,
    ownParts: [String]
  ) {
    let name = "\(definition.name).\(language)"
    do throws(DraftingError) {
      let whole = try source.complete(name)
      entries.append(
        Entry(
          definition: definition, language: language, subject: whole.subject, text: whole.text,
          html: whole.html, ownParts: ownParts))
      let parts = [("subject", whole.subject), ("txt", whole.text), ("html", whole.html)]
      let errors = parts.compactMap { Self.error(in: $1, "\(name).\($0)", definition) }
      problems += errors
      if errors.isEmpty { problems += TemplateLint.warnings(whole, definition, name) }
    } catch {
      problems.append(Problem(error, in: name))
    }
  }

  private static func error(
    in text: String, _ name: String, _ definition: TemplateDefinition
  ) -> Problem? {
    do throws(DraftingError) {
      let nodes = try TagScanner.scan(text, template: name)
      try TemplateChecker.check(nodes, definition: definition, template: name)
      return nil
    } catch {
      return Problem(error, in: name)
    }
  }
}

extension TemplateShelf.Problem {
  /// Errors say `line 3: …`.
  fileprivate init(_ error: DraftingError, in file: String) {
    let pieces = error.detail.split(separator: ": ", maxSplits: 1).map(String.init)
    let line =
      pieces.count == 2 && pieces[0].hasPrefix("line ") ? Int(pieces[0].dropFirst(5)) : nil
    self.init(
      isError: true, file: file, line: line, code: error.code,
      detail: line == nil ? error.detail : pieces[1])
  }
}
