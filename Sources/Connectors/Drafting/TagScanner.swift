import Insights

/// Reads a template's tags before the Mustache engine does, and allows only four kinds of them:
/// variable, section, inverted section and comment.
///
/// Mustache can also print without escaping, include other files, call functions, change its own
/// delimiters and switch the content type. None of that belongs into a letter that a colleague edits
/// and a customer receives (DECISIONS 21).
struct TagScanner {
  private struct Open {
    let name: String
    let inverted: Bool
    let line: Int
    var nodes: [TemplateNode]
  }

  private let template: String
  private let scalars: [Unicode.Scalar]
  private var position = 0
  private var line = 1
  private var open: [Open] = []
  private var top: [TemplateNode] = []

  private init(template: String, text: String) {
    self.template = template
    scalars = Array(text.unicodeScalars)
  }

  /// The tags of `text`.
  ///
  /// - Parameter template: what errors call it, such as `invoice_reminder.en.txt`.
  /// - Throws: `template.forbidden_tag`, `template.syntax`.
  static func scan(
    _ text: String, template: String
  ) throws(DraftingError) -> [TemplateNode] {
    var scanner = TagScanner(template: template, text: text)
    return try scanner.run()
  }

  private mutating func run() throws(DraftingError) -> [TemplateNode] {
    while position < scalars.count {
      if at("{"), at("{", offset: 1) {
        try tag()
      } else {
        if at("\n") { line += 1 }
        position += 1
      }
    }
    if let unclosed = open.last {
      throw error("template.syntax", "section \(unclosed.name) is not closed", unclosed.line)
    }
    return top
  }

  private mutating func tag() throws(DraftingError) {
    let start = line
    position += 2
    if at("{") { throw error("template.forbidden_tag", "{{{ prints without escaping", start) }
    let content = try tagContent(start)
    guard let first = content.first else {
      throw error("template.syntax", "an empty tag", start)
    }
    switch first {
    case "!": return
    case "#": try begin(content.dropFirst(), inverted: false, start)
    case "^": try begin(content.dropFirst(), inverted: true, start)
    case "/": try end(content.dropFirst(), start)
    case "&", "{", ">", "<", "$", "=", "%", "*":
      throw error("template.forbidden_tag", "a tag may not begin with “\(first)”", start)
    default: append(.variable(try name(content[...], start), line: start))
    }
  }

  /// What stands before the closing braces, without spaces around it; moves behind them.
  private mutating func tagContent(_ start: Int) throws(DraftingError) -> [Unicode.Scalar] {
    let begin = position
    while position < scalars.count, !(at("}") && at("}", offset: 1)) {
      if at("\n") { line += 1 }
      position += 1
    }
    guard position < scalars.count else {
      throw error("template.syntax", "a tag is not closed", start)
    }
    let content = scalars[begin..<position]
    position += 2
    let trimmed = content.drop { $0.properties.isWhitespace }
    let last = trimmed.lastIndex { !$0.properties.isWhitespace }
    return last.map { Array(trimmed[...$0]) } ?? []
  }

  private mutating func begin(
    _ content: ArraySlice<Unicode.Scalar>, inverted: Bool, _ start: Int
  ) throws(DraftingError) {
    open.append(
      Open(name: try name(content, start), inverted: inverted, line: start, nodes: []))
  }

  private mutating func end(
    _ content: ArraySlice<Unicode.Scalar>, _ start: Int
  ) throws(DraftingError) {
    let name = try name(content, start)
    guard let section = open.popLast(), section.name == name else {
      throw error("template.syntax", "section \(name) is closed but not open", start)
    }
    append(
      .section(name, inverted: section.inverted, line: section.line, section.nodes))
  }

  private mutating func append(_ node: TemplateNode) {
    if open.isEmpty {
      top.append(node)
    } else {
      open[open.count - 1].nodes.append(node)
    }
  }

  private func name(
    _ content: ArraySlice<Unicode.Scalar>, _ start: Int
  ) throws(DraftingError) -> String {
    let trimmed = content.drop { $0.properties.isWhitespace }
    if trimmed.contains("(") {
      throw error("template.forbidden_tag", "functions are not available", start)
    }
    guard let first = trimmed.first, first.isSmallLetter, trimmed.allSatisfy(\.isNamePart) else {
      throw error(
        "template.syntax", "a name has small letters, digits and underscores only", start)
    }
    return String(String.UnicodeScalarView(trimmed))
  }

  private func at(_ scalar: Unicode.Scalar, offset: Int = 0) -> Bool {
    position + offset < scalars.count && scalars[position + offset] == scalar
  }

  private func error(_ code: String, _ detail: String, _ line: Int) -> DraftingError {
    DraftingError(code: code, template: template, detail: "line \(line): \(detail)")
  }
}

extension Unicode.Scalar {
  fileprivate var isSmallLetter: Bool { ("a"..."z").contains(self) }
  fileprivate var isNamePart: Bool { isSmallLetter || ("0"..."9").contains(self) || self == "_" }
}
