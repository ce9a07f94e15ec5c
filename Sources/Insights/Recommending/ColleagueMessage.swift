import ActionProtocol

/// What every message to one of the company's own people has in common: its language, its kind, its key.
struct ColleagueMessage: Sendable {
  /// Half a day later it would be said anew.
  static let decisionTime: Duration = .seconds(12 * 3600)

  let drafting: any MessageDrafting
  let company: CompanyProfile
  let now: Instant

  var expiresAt: Instant { now.advanced(by: Self.decisionTime) }

  /// - Throws: ``DraftingError`` where the template cannot be filled.
  func operation(
    _ template: TemplateDefinition, to colleague: Colleague, _ values: JSONObject
  ) throws(DraftingError) -> TypedOperation {
    let message = try drafting.draft(
      template.name,
      language: drafting.resolvedLanguage(
        template.name, wanted: MessageLanguage.base(company.locale) ?? "en"), values: values)
    return .email(
      .xSendTaskNotification,
      SendEmail(
        to: [colleague.email], subject: message.subject, bodyText: message.text,
        bodyHTML: message.html, templateID: template.name))
  }

  /// Nil where it would be too long.
  func key(_ parts: [String]) -> IdempotencyKey? {
    IdempotencyKey(
      rawValue: ([company.orgID.rawValue] + parts).map(ReminderFinding.escaped)
        .joined(separator: ":"))
  }

  /// What people read of the proposal itself.
  struct Words {
    let effect: String
    let reasoning: String
    let name: String
  }

  /// A message about no record of the books.
  /// - Parameters:
  ///   - model: what stands for the person among the records: of one model there is one live message to a
  ///     person.
  ///   - key: the person's handle first.
  func proposal(
    _ operation: TypedOperation, about model: String, key: [String], _ template: TemplateDefinition,
    _ words: Words
  ) -> Proposal {
    proposal(
      operation, about: model, key: [template.name] + key, of: key.first ?? "", words)
  }

  /// The same without a template, with a key that says what it is after the handle.
  func proposal(
    _ operation: TypedOperation, about model: String, key: [String], _ words: Words
  ) -> Proposal {
    proposal(operation, about: model, key: key, of: key.first ?? "", words)
  }

  private func proposal(
    _ operation: TypedOperation, about model: String, key: [String], of handle: String,
    _ words: Words
  ) -> Proposal {
    Proposal(
      orgID: company.orgID, operation: operation, expiresAt: expiresAt,
      idempotencyKey: self.key(key), expectedEffect: words.effect,
      reasoning: words.reasoning,
      affectedRecords: AffectedRecords(
        model: model, ids: [Self.number(of: handle)],
        recordName: Wording.short(words.name, 200)),
      externalEffects: operation.externalEffects)
  }

  /// A handle as records are numbered: positive, and the same each time.
  private static func number(of handle: String) -> Int64 {
    (Int64(Digest.sha256(Array(handle.utf8)).hex.prefix(12), radix: 16) ?? 0) + 1
  }
}
