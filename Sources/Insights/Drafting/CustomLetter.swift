import ActionProtocol

/// A text of somebody's own under the company's letterhead.
public struct CustomLetter: Sendable {
  private let drafting: any MessageDrafting
  private let company: CompanyProfile

  public init(drafting: any MessageDrafting, company: CompanyProfile) {
    self.drafting = drafting
    self.company = company
  }

  /// - Parameters:
  ///   - text: each line that is not blank becomes a paragraph.
  ///   - name: the receiver's.
  ///   - language: the receiver's; nil: the company's.
  /// - Throws: ``DraftingError``.
  public func draft(
    subject: String, text: String, to name: String, language: String?
  ) throws(DraftingError) -> DraftedMessage {
    let template = TemplateCatalogue.customMessage.name
    let wanted = language.flatMap(MessageLanguage.base) ?? MessageLanguage.base(company.locale)
    var values = SenderValues.make(company)
    values["customer_name"] = .string(name)
    values["subject"] = .string(subject)
    values["paragraphs"] = .array(
      text.split(whereSeparator: \.isNewline).map(String.init)
        .filter { !$0.allSatisfy(\.isWhitespace) }.map { ["text": .string($0)] })
    return try drafting.draft(
      template, language: drafting.resolvedLanguage(template, wanted: wanted ?? "en"),
      values: values)
  }
}
