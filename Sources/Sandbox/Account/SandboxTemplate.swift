import Foundation

/// A template of the account.
struct SandboxTemplate: Sendable, Equatable {
  var id: String
  var name: String
  var subject: String
  var html: String
  var text: String
  /// An object; used where a send gives no value.
  var variables: JSONValue
  var tags: [String]
  var updatedAt: Date

  init(
    id: String, name: String, subject: String, html: String, text: String, variables: JSONValue,
    tags: [String], updatedAt: Date
  ) {
    self.id = id
    self.name = name
    self.subject = subject
    self.html = html
    self.text = text
    self.variables = variables
    self.tags = tags
    self.updatedAt = updatedAt
  }

  init?(json: JSONValue) {
    guard let id = json["id"]?.string, let name = json["name"]?.string,
      let date = json["last_updated"]?.string.flatMap(VendorDate.parseMilliseconds)
    else { return nil }
    self.init(
      id: id, name: name, subject: json["subject"]?.string ?? "",
      html: json["html_body"]?.string ?? "", text: json["text_body"]?.string ?? "",
      variables: json["template_variables"] ?? .object([]), tags: json["tags"]?.strings ?? [],
      updatedAt: date)
  }

  /// As `/template/view` shows it, where the name is `name`.
  var json: JSONValue {
    [
      "id": .string(id), "name": .string(name), "subject": .string(subject),
      "html_body": .string(html), "text_body": .string(text), "template_variables": variables,
      "tags": JSONValue(tags), "last_updated": .string(VendorDate.rfc3339Milliseconds(updatedAt)),
    ]
  }

  /// Replaces each `{{ name }}` by a value of `data`, or else of the template's own variables;
  /// `{{ a.b }}` looks inside objects. What has no value becomes empty.
  func rendered(_ source: String, _ data: JSONValue?) -> String {
    var result = ""
    var rest = source[...]
    while let open = rest.range(of: "{{"),
      let close = rest.range(of: "}}", range: open.upperBound..<rest.endIndex)
    {
      result += rest[..<open.lowerBound]
      let name = rest[open.upperBound..<close.lowerBound].trimmingCharacters(in: .whitespaces)
      result += Self.value(name, in: data) ?? Self.value(name, in: variables) ?? ""
      rest = rest[close.upperBound...]
    }
    return result + rest
  }

  private static func value(_ path: String, in data: JSONValue?) -> String? {
    let found = path.split(separator: ".").reduce(data) { value, name in value?[String(name)] }
    switch found {
    case .none, .null: return nil
    case .string(let text): return text
    case .some(let value): return value.text
    }
  }
}
