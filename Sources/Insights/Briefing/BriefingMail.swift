import ActionProtocol

/// A briefing as one message to each of those who answer for the company.
public struct BriefingMail: Sendable {
  private let frame: ColleagueMessage

  private var company: CompanyProfile { frame.company }

  public init(drafting: any MessageDrafting, company: CompanyProfile, now: Instant) {
    frame = ColleagueMessage(drafting: drafting, company: company, now: now)
  }

  /// One for each person and briefing, however often it is made.
  /// - Parameter readers: by handle.
  /// - Throws: ``DraftingError`` where the template cannot be filled.
  public func proposals(
    of briefing: Briefing, to readers: [(handle: String, colleague: Colleague)]
  ) throws(DraftingError) -> [Proposal] {
    let template = TemplateCatalogue.briefing
    let time = briefing.kind == .morning ? "Morning" : "Evening"
    let name = "\(time) briefing of \(briefing.day.iso)"
    var proposals: [Proposal] = []
    for reader in readers {
      let operation = try frame.operation(
        template, to: reader.colleague, values(briefing, reader.colleague))
      proposals.append(
        frame.proposal(
          operation, about: "aiom.briefing",
          key: [reader.handle, briefing.day.iso, briefing.kind.rawValue], template,
          ColleagueMessage.Words(
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
