import Insights

/// What a mail filter or a reader might mind in a template that is not wrong.
enum TemplateLint {
  /// Longer subjects are cut off in lists of mails.
  private static let longestSubject = 120
  /// Google Mail cuts a message off at about 102 KB of HTML; values come on top.
  private static let longestHTML = 60_000
  private static let longestText = 4000

  /// Where they have no place: a message that confirms or asks for money and praises something counts as
  /// advertising.
  private static let promotional = [
    "free", "discount", "sale", "special offer", "act now", "limited time", "buy now", "winner",
    "click here", "gratis", "rabatt", "sonderangebot", "jetzt kaufen", "nur heute", "gewinn",
    "hier klicken",
  ]

  private static let forbiddenTags = [
    "<script", "<form", "<iframe", "<object", "<embed", "<base", "javascript:", "onclick=",
    "onload=", "onerror=",
  ]

  static func warnings(
    _ source: TemplateSource, _ definition: TemplateDefinition, _ name: String
  ) -> [TemplateShelf.Problem] {
    let parts = [
      ("\(name).subject", source.subject), ("\(name).txt", source.text),
      ("\(name).html", source.html),
    ]
    return lengths(source, name) + parts.flatMap { links($1, in: $0) }
      + (isSober(definition) ? parts.flatMap { promotions($1, in: $0) } : [])
      + scripts(source.html, in: "\(name).html") + twins(source, name)
  }

  /// Confirmations, reminders and notices; follow-ups want to sell, and nobody knows what one's own words
  /// say.
  private static func isSober(_ definition: TemplateDefinition) -> Bool {
    [
      TemplateCatalogue.invoiceReminder, TemplateCatalogue.paymentConfirmation,
      TemplateCatalogue.taskNotification, TemplateCatalogue.personNotice,
      TemplateCatalogue.criticalAlert,
    ].contains { $0.name == definition.name }
  }

  private static func lengths(
    _ source: TemplateSource, _ name: String
  ) -> [TemplateShelf.Problem] {
    var found: [TemplateShelf.Problem] = []
    func check(_ part: String, _ text: String, _ most: Int, _ unit: String) {
      let count = unit == "bytes" ? text.utf8.count : written(text)
      guard count > most else { return }
      found.append(
        warning("\(name).\(part)", nil, "lint.length", "\(count) \(unit), more than \(most)"))
    }
    check("subject", source.subject, longestSubject, "characters")
    check("txt", source.text, longestText, "characters")
    check("html", source.html, longestHTML, "bytes")
    return found
  }

  /// How many characters stand outside of the tags.
  private static func written(_ text: String) -> Int {
    text.replacing(/\{\{[^}]*\}\}/, with: "").unicodeScalars.count
  }

  private static func links(_ text: String, in file: String) -> [TemplateShelf.Problem] {
    lines(text).filter { $0.text.contains("http://") && !$0.text.contains("www.w3.org") }.map {
      warning(file, $0.number, "lint.link", "a link without encryption (http://)")
    }
  }

  private static func promotions(_ text: String, in file: String) -> [TemplateShelf.Problem] {
    lines(text).flatMap { line in
      let words = line.text.lowercased()
      return promotional.filter { contains(words, $0) }.map {
        warning(file, line.number, "lint.promotion", "“\($0)” has no place in this kind of message")
      }
    }
  }

  private static func scripts(_ html: String, in file: String) -> [TemplateShelf.Problem] {
    lines(html).flatMap { line in
      let text = line.text.lowercased()
      return forbiddenTags.filter { text.contains($0) }.map {
        warning(file, line.number, "lint.html", "\($0) is removed or refused by mail programs")
      }
    }
  }

  /// A name that only one of the two shows is missing for half of the readers.
  private static func twins(_ source: TemplateSource, _ name: String) -> [TemplateShelf.Problem] {
    // HTML names the sender once more at its head.
    let head: Set<String> = ["company_name"]
    let text = printed(source.text, name).subtracting(head)
    let html = printed(source.html, name).subtracting(head)
    return text.subtracting(html).sorted().map {
      warning("\(name).html", nil, "lint.twins", "\($0) stands in the plain text alone")
    }
      + html.subtracting(text).sorted().map {
        warning("\(name).txt", nil, "lint.twins", "\($0) stands in the HTML alone")
      }
  }

  private static func printed(_ text: String, _ name: String) -> Set<String> {
    var names: Set<String> = []
    func walk(_ nodes: [TemplateNode]) {
      for node in nodes {
        switch node {
        case .variable(let variable, _): names.insert(variable)
        case .section(_, _, _, let inner): walk(inner)
        }
      }
    }
    walk((try? TagScanner.scan(text, template: name)) ?? [])  // broken ones were told of before
    return names
  }

  private static func contains(_ text: String, _ word: String) -> Bool {
    var rest = text[...]
    while let found = rest.firstRange(of: word) {
      let before = text[..<found.lowerBound].last, after = text[found.upperBound...].first
      if before?.isLetter != true, after?.isLetter != true { return true }
      rest = text[found.upperBound...]
    }
    return false
  }

  private static func lines(_ text: String) -> [(number: Int, text: Substring)] {
    text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map {
      ($0 + 1, $1)
    }
  }

  private static func warning(
    _ file: String, _ line: Int?, _ code: String, _ detail: String
  ) -> TemplateShelf.Problem {
    TemplateShelf.Problem(isError: false, file: file, line: line, code: code, detail: detail)
  }
}
