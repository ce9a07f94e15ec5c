import ActionProtocol

/// A briefing as one message to each of those who answer for the company.
public struct BriefingMail: Sendable {
  private static let decisionTime: Duration = .seconds(12 * 3600)

  private let drafting: any MessageDrafting
  private let company: CompanyProfile
  private let now: Instant

  public init(drafting: any MessageDrafting, company: CompanyProfile, now: Instant) {
    self.drafting = drafting
    self.company = company
    self.now = now
  }

  /// One for each person and briefing, however often it is made.
  /// - Parameter readers: by handle.
  /// - Throws: ``DraftingError`` where the template cannot be filled.
  public func proposals(
    of briefing: Briefing, to readers: [(handle: String, colleague: Colleague)]
  ) throws(DraftingError) -> [Proposal] {
    let template = TemplateCatalogue.briefing.name
    let language = drafting.resolvedLanguage(
      template, wanted: MessageLanguage.base(company.locale) ?? "en")
    let time = briefing.kind == .morning ? "Morning" : "Evening"
    let name = "\(time) briefing of \(briefing.day.iso)"
    var proposals: [Proposal] = []
    for reader in readers {
      let message = try drafting.draft(
        template, language: language, values: values(briefing, reader.colleague))
      proposals.append(
        PersonNotice.proposal(
          of: message, template, to: reader.colleague, company, about: "aiom.briefing",
          key: [reader.handle, briefing.day.iso, briefing.kind.rawValue],
          expiresAt: now.advanced(by: Self.decisionTime),
          words: PersonNotice.Words(
            effect: "\(Wording.short(reader.colleague.name, 120)) reads the briefing.",
            reasoning: "The organisation wants its persons told (--tell-persons): \(name).",
            name: "\(reader.colleague.name): \(name)")))
    }
    return proposals
  }

  private func values(_ briefing: Briefing, _ colleague: Colleague) -> JSONObject {
    let formats = MessageFormats(localeIdentifier: company.locale)
    let lines: [JSONValue] = briefing.sections.flatMap { section -> [JSONValue] in
      [["is_title": true, "text": .string(section.title)]]
        + section.lines.map { ["is_title": false, "text": .string(Wording.line($0))] }
    }
    return [
      "company_name": .string(company.name), "person_name": .string(colleague.name),
      "is_morning": .bool(briefing.kind == .morning),
      "day": .string(formats.longDate(briefing.day)), "lines": .array(lines),
    ]
  }
}
