import ActionProtocol

/// What a person of the company is told of one proposal.
public struct NoticeLine: Hashable, Sendable {
  public enum News: Hashable, Sendable {
    /// The person may decide it, until then.
    case waits(until: Instant)
    case proposed
    case done
    case failed
    /// A person or the policy refused it.
    case refused
    /// Nobody decided in time, or it was taken back.
    case ended
  }

  /// The proposal's title, as cards have it.
  public var title: String
  public var news: News

  public init(title: String, news: News) {
    self.title = title
    self.news = news
  }
}

/// One message to one person of what waits for them and what the policy wants them to know. Deterministic;
/// the recipient comes from the company's own persons only.
public struct PersonNotice: Sendable {
  /// The most lines of one message; the inbox has the others.
  public static let mostLines = 25

  private let frame: ColleagueMessage

  private var company: CompanyProfile { frame.company }

  public init(drafting: any MessageDrafting, company: CompanyProfile, now: Instant) {
    frame = ColleagueMessage(drafting: drafting, company: company, now: now)
  }

  /// - Parameters:
  ///   - person: who it is, in keys: a handle.
  ///   - lines: not empty; what waits comes first.
  /// - Throws: ``DraftingError`` where the template cannot be filled.
  public func proposal(
    to colleague: Colleague, _ person: String, _ lines: [NoticeLine]
  ) throws(DraftingError) -> Proposal {
    let template = TemplateCatalogue.personNotice
    let waiting = lines.filter(\.waits).count
    let what = Self.what(waiting, lines.count)
    return frame.proposal(
      try frame.operation(template, to: colleague, values(colleague, lines, waiting)),
      about: AffectedRecords.personModel, key: [person, String(frame.now.milliseconds)], template,
      ColleagueMessage.Words(
        effect: "\(Wording.short(colleague.name, 120)) knows of \(what).",
        reasoning: "The organisation wants its persons told (--tell-persons): \(what), first "
          + "\(Wording.line(lines.first?.title ?? "")).",
        name: "\(colleague.name): \(what)"))
  }

  private static func what(_ waiting: Int, _ count: Int) -> String {
    let news = count - waiting
    let parts = [
      waiting > 0 ? "\(waiting) waiting \(waiting == 1 ? "proposal" : "proposals")" : nil,
      news > 0 ? "news of \(news) \(news == 1 ? "proposal" : "proposals")" : nil,
    ]
    return parts.compactMap(\.self).joined(separator: " and ")
  }

  private func values(
    _ colleague: Colleague, _ lines: [NoticeLine], _ waiting: Int
  ) -> JSONObject {
    let formats = MessageFormats(localeIdentifier: company.locale)
    let shown = lines.prefix(Self.mostLines)
    return [
      "company_name": .string(company.name), "person_name": .string(colleague.name),
      "has_waiting": .bool(waiting > 0), "is_single": .bool(waiting == 1),
      "count": .string(String(waiting)),
      "first_title": .string(Wording.line(lines.first?.title ?? "")),
      "has_more": .bool(lines.count > shown.count),
      "more": .string(String(lines.count - shown.count)),
      "lines": .array(shown.map { .object(line($0, formats)) }),
    ]
  }

  private func line(_ line: NoticeLine, _ formats: MessageFormats) -> JSONObject {
    var until = ""
    if case .waits(let end) = line.news {
      until = formats.moment(end, in: company.zone)
    }
    return [
      "title": .string(Wording.line(line.title)), "until": .string(until),
      "is_waiting": .bool(line.waits), "is_proposed": .bool(line.news == .proposed),
      "is_done": .bool(line.news == .done), "is_failed": .bool(line.news == .failed),
      "is_refused": .bool(line.news == .refused), "is_ended": .bool(line.news == .ended),
    ]
  }
}

extension NoticeLine {
  var waits: Bool { if case .waits = news { true } else { false } }
}
