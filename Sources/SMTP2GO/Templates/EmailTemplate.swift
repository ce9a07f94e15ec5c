/// A template as the provider keeps it. Searches return it without bodies and placeholders.
public struct EmailTemplate: Sendable, Equatable {
  /// Its id, case-sensitive.
  public var id: String
  /// Its name.
  public var name: String?
  /// The subject, with placeholders written `{{ name }}`.
  public var subject: String?
  /// The HTML.
  public var htmlBody: String?
  /// The plain text.
  public var textBody: String?
  /// Example values of its placeholders.
  public var variables: [String: TemplateValue]
  /// Its tags.
  public var tags: [String]
  /// When it was last changed.
  public var lastUpdated: VendorTime?
}

/// A template to add.
public struct NewEmailTemplate: Sendable, Equatable {
  /// 5 to 24 characters, case-sensitive.
  public var id: String
  /// 1 to 64 characters.
  public var name: String
  /// The subject, with placeholders written `{{ name }}`.
  public var subject: String
  /// The HTML.
  public var htmlBody: String
  /// The plain text.
  public var textBody: String
  /// Example values of its placeholders.
  public var variables: [String: TemplateValue]
  /// Its tags.
  public var tags: [String]

  /// Builds a template.
  public init(
    id: String, name: String, subject: String, htmlBody: String, textBody: String,
    variables: [String: TemplateValue] = [:], tags: [String] = []
  ) {
    self.id = id
    self.name = name
    self.subject = subject
    self.htmlBody = htmlBody
    self.textBody = textBody
    self.variables = variables
    self.tags = tags
  }
}

/// What to change in a template: only what is given.
public struct EmailTemplateEdit: Sendable, Equatable {
  /// Another id, 5 to 24 characters.
  public var newID: String?
  /// Another name, 1 to 64 characters.
  public var name: String?
  /// Another subject.
  public var subject: String?
  /// Other HTML.
  public var htmlBody: String?
  /// Other plain text.
  public var textBody: String?
  /// Other example values; empty leaves them.
  public var variables: [String: TemplateValue]
  /// Other tags; empty leaves them.
  public var tags: [String]

  /// Builds an edit.
  public init(
    newID: String? = nil, name: String? = nil, subject: String? = nil, htmlBody: String? = nil,
    textBody: String? = nil, variables: [String: TemplateValue] = [:], tags: [String] = []
  ) {
    self.newID = newID
    self.name = name
    self.subject = subject
    self.htmlBody = htmlBody
    self.textBody = textBody
    self.variables = variables
    self.tags = tags
  }
}

/// Which templates to look for; what is not given does not filter.
public struct TemplateQuery: Sendable, Equatable {
  /// Texts of which one must be in name, tag, id or subject.
  public var terms: [String]
  /// Tags of which one must be there.
  public var tags: [String]
  /// Whether the texts are matched loosely.
  public var isFuzzy: Bool
  /// Newest last (true), newest first (false), or as the provider likes.
  public var isAscending: Bool?
  /// Templates per page; nil leaves the provider's 100.
  public var pageSize: Int?
  /// Where to go on, from the page before; the rest of the query must stay the same.
  public var continueToken: String?

  /// Builds a query.
  public init(
    terms: [String] = [], tags: [String] = [], isFuzzy: Bool = false, isAscending: Bool? = nil,
    pageSize: Int? = nil, continueToken: String? = nil
  ) {
    self.terms = terms
    self.tags = tags
    self.isFuzzy = isFuzzy
    self.isAscending = isAscending
    self.pageSize = pageSize
    self.continueToken = continueToken
  }
}

/// One page of templates.
public struct TemplatePage: Sendable, Equatable {
  /// The templates, without bodies.
  public var templates: [EmailTemplate]
  /// How many the whole query has, where told.
  public var totalCount: Int?
  /// Where to go on; nil on the last page.
  public var continueToken: String?
}

extension EmailTemplate {
  init?(_ json: JSON) {
    guard let id = json.first("id")?.nonEmptyText else { return nil }
    self.init(
      id: id, name: json.first("name", "template_name")?.nonEmptyText,
      subject: json.first("subject")?.text, htmlBody: json.first("html_body")?.text,
      textBody: json.first("text_body")?.text,
      variables: TemplateValue.members(json.first("template_variables")?.members ?? []),
      tags: json.first("tags")?.texts ?? [], lastUpdated: VendorTime(json.first("last_updated")))
  }
}

extension EmailTemplate: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The type's name only.
  public var description: String { "EmailTemplate(redacted)" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children: they are texts of messages.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension NewEmailTemplate: CustomStringConvertible, CustomReflectable {
  /// The type's name only.
  public var description: String { "NewEmailTemplate(redacted)" }
  /// Without children: they are texts of messages.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension EmailTemplateEdit: CustomStringConvertible, CustomReflectable {
  /// The type's name only.
  public var description: String { "EmailTemplateEdit(redacted)" }
  /// Without children: they are texts of messages.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
