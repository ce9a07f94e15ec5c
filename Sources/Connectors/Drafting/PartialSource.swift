import Insights

/// A template's texts while they are being collected from code and files.
struct PartialSource: Sendable {
  private var texts: [TemplateFiles.Part: String] = [:]

  static let empty = PartialSource()

  private init() {}

  init(_ source: TemplateSource) {
    texts = [.subject: source.subject, .txt: source.text, .html: source.html]
  }

  subscript(part: TemplateFiles.Part) -> String? {
    get { texts[part] }
    set { texts[part] = newValue }
  }

  /// - Throws: `template.incomplete` where one of the three is missing.
  func complete(_ name: String) throws(DraftingError) -> TemplateSource {
    guard let subject = texts[.subject], let text = texts[.txt], let html = texts[.html] else {
      let missing = TemplateFiles.Part.allCases.filter { texts[$0] == nil }.map(\.rawValue)
      throw DraftingError(
        code: "template.incomplete", template: name,
        detail: "missing: \(missing.joined(separator: ", "))")
    }
    return TemplateSource(subject: subject, text: text, html: html)
  }
}
