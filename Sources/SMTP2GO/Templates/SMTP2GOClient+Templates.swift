extension SMTP2GOClient {
  /// Adds a template (`/template/add`).
  public func addTemplate(_ template: NewEmailTemplate) async -> CallResult<EmailTemplate> {
    if let refusal = template.refusal { return refuse(.templateAdd, refusal) }
    return await call(.templateAdd, template.encoded(), reader: .template)
  }

  /// Changes a template (`/template/edit`): what the edit holds, and nothing else.
  public func editTemplate(
    _ id: String, _ edit: EmailTemplateEdit
  ) async -> CallResult<EmailTemplate> {
    if let refusal = edit.refusal(id) { return refuse(.templateEdit, refusal) }
    return await call(.templateEdit, edit.encoded(id), reader: .template)
  }

  /// Removes a template (`/template/delete`).
  public func deleteTemplate(_ id: String) async -> CallResult<Acknowledgement> {
    await call(
      .templateDelete, JSONWriter.object { $0.field("id", id) }, reader: .acknowledgement)
  }

  /// Reads one template with its bodies (`/template/view`).
  public func template(_ id: String) async -> CallResult<EmailTemplate> {
    await call(.templateView, JSONWriter.object { $0.field("id", id) }, reader: .template)
  }

  /// Reads one page of templates, without bodies (`/template/search`).
  public func searchTemplates(
    _ query: TemplateQuery = TemplateQuery()
  ) async -> CallResult<TemplatePage> {
    let body = JSONWriter.object { writer in
      if query.isFuzzy { writer.field("fuzzy_search", true) }
      writer.field("search_terms", query.terms)
      writer.field("tags", query.tags)
      writer.field("sort_direction", query.isAscending.map { $0 ? "asc" : "desc" })
      writer.field("page_size", query.pageSize)
      writer.field("continue_token", query.continueToken)
    }
    return await call(.templateSearch, body, reader: .templates)
  }

  /// The pages of templates, read as they are asked for.
  public func templatePages(_ query: TemplateQuery = TemplateQuery()) -> Pages<TemplatePage> {
    Pages(
      fetch: { token in
        var query = query
        if let token { query.continueToken = token }
        return await searchTemplates(query)
      },
      next: { $0.templates.isEmpty ? nil : $0.continueToken })
  }
}

extension AnswerReader where Value == EmailTemplate {
  static let template = AnswerReader(reading: { EmailTemplate($0.array?.first ?? $0) })
}

extension AnswerReader where Value == TemplatePage {
  static let templates = AnswerReader(reading: { data in
    (data.array ?? data["templates"]?.array).map { list in
      TemplatePage(
        templates: list.compactMap { EmailTemplate($0) },
        totalCount: data.first("total_count")?.integer,
        continueToken: data.first("continue_token")?.nonEmptyText)
    }
  })
}

/// The contract's limits, in characters.
private enum TemplateLimits {
  static func refusal(id: String?, name: String?, _ values: [String: TemplateValue]) -> Refusal? {
    if let id, !(5...24).contains(id.unicodeScalars.count) {
      return .local("template_id", "The template's id has not 5 to 24 characters.")
    }
    if let name, !(1...64).contains(name.unicodeScalars.count) {
      return .local("template_name", "The template's name has not 1 to 64 characters.")
    }
    return values.values.allSatisfy(\.isWritable)
      ? nil : .local("template_value", "A value for the template is no finite number.")
  }
}

extension NewEmailTemplate {
  fileprivate var refusal: Refusal? {
    if subject.isEmpty || htmlBody.isEmpty || textBody.isEmpty {
      return .local("no_body", "A template needs subject, HTML and text.")
    }
    return TemplateLimits.refusal(id: id, name: name, variables)
  }

  fileprivate func encoded() -> RequestBody {
    JSONWriter.object(capacity: 512 + htmlBody.utf8.count + textBody.utf8.count) { writer in
      writer.field("template_name", name)
      writer.field("id", id)
      writer.field("subject", subject)
      writer.field("html_body", htmlBody)
      writer.field("text_body", textBody)
      writer.field("template_variables", variables)
      writer.field("tags", tags)
    }
  }
}

extension EmailTemplateEdit {
  fileprivate func refusal(_ id: String) -> Refusal? {
    if id.isEmpty { return .local("template_id", "The template's id is empty.") }
    return TemplateLimits.refusal(id: newID, name: name, variables)
  }

  fileprivate func encoded(_ id: String) -> RequestBody {
    JSONWriter.object { writer in
      writer.field("id", id)
      writer.field("new_id", newID)
      writer.field("template_name", name)
      writer.field("subject", subject)
      writer.field("html_body", htmlBody)
      writer.field("text_body", textBody)
      writer.field("template_variables", variables)
      writer.field("tags", tags)
    }
  }
}
