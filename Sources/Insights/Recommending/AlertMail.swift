import ActionProtocol

/// Critical findings as one message to one person of the company who has no number for texts.
public struct AlertMail: Sendable {
  private let frame: ColleagueMessage

  private var company: CompanyProfile { frame.company }

  public init(drafting: any MessageDrafting, company: CompanyProfile, now: Instant) {
    frame = ColleagueMessage(drafting: drafting, company: company, now: now)
  }

  /// - Parameters:
  ///   - findings: not empty.
  ///   - handle: who it is, in keys.
  /// - Throws: ``DraftingError`` where the template cannot be filled.
  public func proposal(
    of findings: [(number: Int64, title: String, explanation: String)], to colleague: Colleague,
    _ handle: String
  ) throws(DraftingError) -> Proposal {
    let template = TemplateCatalogue.criticalAlert
    let first = Wording.line(findings.first?.title ?? "")
    let values: JSONObject = [
      "company_name": .string(company.name), "person_name": .string(colleague.name),
      "is_single": .bool(findings.count == 1), "count": .string(String(findings.count)),
      "first_title": .string(first),
      "findings": .array(
        findings.map {
          [
            "title": .string(Wording.line($0.title)),
            "explanation": .string(Wording.line($0.explanation)),
          ]
        }),
    ]
    let what = findings.count == 1 ? "a critical finding" : "\(findings.count) critical findings"
    return frame.proposal(
      try frame.operation(template, to: colleague, values), about: "aiom.alert",
      key: [
        handle, findings.map { String($0.number) }.joined(separator: ","),
        String(frame.now.milliseconds),
      ], template,
      ColleagueMessage.Words(
        effect: "\(Wording.short(colleague.name, 120)) learns of \(what).",
        reasoning: "The organisation wants its persons told (--tell-persons): \(what), first "
          + "\(first).",
        name: "\(colleague.name): \(what)"))
  }
}
