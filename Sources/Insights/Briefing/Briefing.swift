import ActionProtocol

/// What a company's people are told of a day.
public struct Briefing: Hashable, Sendable {
  public enum Kind: String, CaseIterable, Hashable, Sendable { case morning, evening }

  /// So many findings and titles are named; the rest is counted.
  static let mostLines = 7

  public let kind: Kind
  /// The day in the org's zone.
  public let day: LocalDate
  /// What happened is told from here on.
  public let since: Instant
  public let sections: [BriefingSection]

  public init(kind: Kind, day: LocalDate, since: Instant, sections: [BriefingSection]) {
    self.kind = kind
    self.day = day
    self.since = since
    self.sections = sections
  }

  /// Composes the briefing; the same facts give the same text.
  /// - Returns: nil where there is nothing to say: nothing happened, nothing waits, nothing is found and nothing is
  ///   planned. Money alone is no news.
  public static func compose(
    _ kind: Kind, day: LocalDate, since: Instant, _ facts: BriefingFacts, _ formats: MessageFormats
  ) -> Briefing? {
    let words = BriefingWords(kind: kind, facts: facts, formats: formats)
    let news = [words.done, words.waits, words.risks, words.plan].compactMap(\.self)
    guard !news.isEmpty else { return nil }
    let sections = [words.done, words.waits, words.money, words.risks, words.plan]
    return Briefing(kind: kind, day: day, since: since, sections: sections.compactMap(\.self))
  }

  /// The briefing for programs and the archive.
  public var json: JSONValue {
    [
      "kind": .string(kind.rawValue), "day": .string(day.iso), "since": .string(since.rfc3339),
      "sections": .array(
        sections.map {
          [
            "name": .string($0.name), "title": .string($0.title),
            "lines": .array($0.lines.map { .string($0) }),
          ]
        }),
    ]
  }

  /// The briefing of the archive; nil for what is none.
  public init?(json: JSONValue) {
    guard let object = json.objectValue,
      let kind = object["kind"]?.stringValue.flatMap(Kind.init(rawValue:)),
      let day = object["day"]?.stringValue.flatMap({ LocalDate(iso: $0) }),
      let since = object["since"]?.stringValue.flatMap({ Instant(rfc3339: $0) }),
      let sections = object["sections"]?.arrayValue
    else { return nil }
    self.init(
      kind: kind, day: day, since: since,
      sections: sections.compactMap { section in
        guard let section = section.objectValue, let name = section["name"]?.stringValue,
          let title = section["title"]?.stringValue
        else { return nil }
        let lines = section["lines"]?.arrayValue ?? []
        return BriefingSection(name: name, title: title, lines: lines.compactMap(\.stringValue))
      })
  }
}
