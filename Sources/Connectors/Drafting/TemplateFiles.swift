import Foundation
import Insights

/// The templates in a directory: `<name>.<language>.subject`, `.txt` and `.html`, in UTF-8.
enum TemplateFiles {
  /// One of the three texts of a message.
  enum Part: String, CaseIterable {
    case subject, txt, html
  }

  struct File {
    let definition: TemplateDefinition
    let language: String
    let part: Part
    let text: String
  }

  /// Reads every file with one of the three endings; others (notes, back-ups) are not looked at.
  ///
  /// - Throws: `template.unreadable` for the directory or a file, `template.unknown` for a name
  ///   that is not in the catalogue.
  static func read(directory: String) throws(DraftingError) -> [File] {
    var files: [File] = []
    for name in try names(in: directory) {
      if let file = try file(named: name, in: directory) { files.append(file) }
    }
    return files
  }

  /// Sorted.
  static func names(in directory: String) throws(DraftingError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
    } catch {
      throw DraftingError(
        code: "template.unreadable", template: "directory",
        detail: "the template directory cannot be read")
    }
  }

  /// - Returns: nil for a file that is none of the three.
  static func file(
    named name: String, in directory: String
  ) throws(DraftingError) -> File? {
    let pieces = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard pieces.count == 3, let part = Part(rawValue: pieces[2]) else { return nil }
    guard let definition = TemplateCatalogue.definition(pieces[0]), !pieces[1].isEmpty else {
      throw DraftingError(
        code: "template.unknown", template: name,
        detail: "files are called <template>.<language>.\(part.rawValue)")
    }
    let path = URL(fileURLWithPath: directory).appendingPathComponent(name)
    guard let data = try? Data(contentsOf: path), let text = String(data: data, encoding: .utf8)
    else {
      throw DraftingError(
        code: "template.unreadable", template: name, detail: "the file is not readable as UTF-8")
    }
    return File(
      definition: definition, language: pieces[1].lowercased(), part: part, text: text)
  }
}
