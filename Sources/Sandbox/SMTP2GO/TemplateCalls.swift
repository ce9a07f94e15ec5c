import Foundation

/// `/template/*`.
struct TemplateCalls {
  private let call: VendorCall
  private let store: MailboxStore

  init(_ call: VendorCall, _ store: MailboxStore) {
    self.call = call
    self.store = store
  }

  func add() throws(VendorRefusal) -> JSONValue {
    let payload = call.payload
    let id = try checked("id", payload.requiredString("id"), 5...24)
    guard find(id) == nil else {
      throw .business("A template with the id '\(id)' already exists")
    }
    let name = try checked("template_name", payload.requiredString("template_name"), 1...64)
    let template = SandboxTemplate(
      id: id, name: name, subject: try payload.requiredString("subject"),
      html: try payload.requiredString("html_body"), text: try payload.requiredString("text_body"),
      variables: try variables() ?? .object([]), tags: try payload.strings("tags"),
      updatedAt: call.now)
    try store.keep(.template(template))
    return Self.changed(template)
  }

  func edit() throws(VendorRefusal) -> JSONValue {
    let payload = call.payload
    var template = try named()
    let old = template.id
    if let id = try payload.string("new_id") { template.id = try checked("new_id", id, 5...24) }
    if let name = try payload.string("template_name") {
      template.name = try checked("template_name", name, 1...64)
    }
    if let subject = try payload.string("subject") { template.subject = subject }
    if let html = try payload.string("html_body") { template.html = html }
    if let text = try payload.string("text_body") { template.text = text }
    if let variables = try variables() { template.variables = variables }
    if call.body["tags"] != nil { template.tags = try payload.strings("tags") }
    template.updatedAt = call.now
    if old != template.id {
      guard find(template.id) == nil else {
        throw .business("A template with the id '\(template.id)' already exists")
      }
      try store.keep(.templateRemoved(id: old))
    }
    try store.keep(.template(template))
    return Self.changed(template)
  }

  /// `data` is a text here.
  func delete() throws(VendorRefusal) -> JSONValue {
    let template = try named()
    try store.keep(.templateRemoved(id: template.id))
    return .string("Successfully deleted template '\(template.id)'")
  }

  func view() throws(VendorRefusal) -> JSONValue {
    try named().json
  }

  func search() throws(VendorRefusal) -> JSONValue {
    let payload = call.payload
    let page = try payload.page(at: call.now)
    let terms = try payload.oneOrMore("search_terms").map { $0.lowercased() }
    let tags = Set(try payload.strings("tags"))
    let size = try payload.integer("page_size", in: 1...1000, default: 100)
    let direction = try payload.choice("sort_direction", from: ["asc", "desc"]) ?? "asc"
    let isFuzzy = try payload.bool("fuzzy_search")
    var found = store.account(\.templates).filter { template in
      let texts = [template.id, template.name, template.subject].map { $0.lowercased() }
      let isFound =
        terms.isEmpty
        || terms.contains { term in
          texts.contains { isFuzzy ? $0.contains(term) : $0 == term }
        }
      return isFound && (tags.isEmpty || !tags.isDisjoint(with: template.tags))
    }
    found.sort { direction == "asc" ? $0.name < $1.name : $0.name > $1.name }
    let (shown, next) = page.cut(found, limit: size)
    let templates = shown.map { template -> JSONValue in
      [
        "id": .string(template.id), "name": .string(template.name),
        "subject": .string(template.subject), "tags": JSONValue(template.tags),
        "last_updated": .string(VendorDate.rfc3339(template.updatedAt)),
      ]
    }
    return [
      "templates": .array(templates), "continue_token": next,
      "total_count": .integer(found.count),
    ]
  }

  private func find(_ id: String) -> SandboxTemplate? {
    store.account { account in account.templates.first { $0.id == id } }
  }

  private func named() throws(VendorRefusal) -> SandboxTemplate {
    let id = try call.payload.requiredString("id")
    guard let template = find(id) else {
      throw .business("A template matching the passed 'id' was not found")
    }
    return template
  }

  private func variables() throws(VendorRefusal) -> JSONValue? {
    guard let value = call.payload.present("template_variables") else { return nil }
    guard value.members != nil else {
      throw PayloadReader.wrongType("template_variables", "JSON object", value)
    }
    return value
  }

  private func checked(
    _ field: String, _ text: String, _ range: ClosedRange<Int>
  ) throws(VendorRefusal) -> String {
    guard range.contains(text.count) else {
      throw .payload(
        field, "was expecting \(range.lowerBound) to \(range.upperBound) characters")
    }
    return text
  }

  /// `/template/add` and `/template/edit` call the name `template_name`.
  private static func changed(_ template: SandboxTemplate) -> JSONValue {
    let members = (template.json.members ?? []).map { member in
      member.name == "name" ? JSONMember(name: "template_name", value: member.value) : member
    }
    return .object(members)
  }
}
