import ActionProtocol

/// A message ready to be shown: what is approved is exactly this text.
public struct DraftedMessage: Hashable, Sendable {
  public var subject: String
  public var text: String
  public var html: String

  public init(subject: String, text: String, html: String) {
    self.subject = subject
    self.text = text
    self.html = html
  }
}

/// Why a template could not be filled; names the template and the place, never a value.
public struct DraftingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Of the template: `template.unknown`, `template.incomplete`, `template.unreadable`,
  /// `template.syntax`, `template.forbidden_tag`, `template.unknown_variable`,
  /// `template.wrong_kind`. Of the values: `template.missing_value`, `template.unsafe_value`,
  /// `template.subject_length`.
  public let code: String
  public let template: String
  public let detail: String

  public init(code: String, template: String, detail: String) {
    self.code = code
    self.template = template
    self.detail = detail
  }

  public var description: String { "\(code) in \(template): \(detail)" }
}

/// Fills message templates. Implemented at the rim (templates are files that people edit); the
/// analyzers hand over values and receive text.
public protocol MessageDrafting: Sendable {
  /// The language that ``draft(_:language:values:)`` will write in when asked for `language`:
  /// the language itself, its base (`de` for `de-AT`), or `en`.
  func resolvedLanguage(_ template: String, wanted language: String) -> String

  /// - Parameters:
  ///   - template: a name of the ``TemplateCatalogue``, such as `invoice_reminder`.
  ///   - language: a language tag; falls back to `en`.
  ///   - values: every name the template uses; strings, booleans, arrays and objects.
  /// - Throws: ``DraftingError``; a name without a value is an error, never empty text.
  func draft(
    _ template: String, language: String, values: JSONObject
  ) throws(DraftingError) -> DraftedMessage
}
