import ActionProtocol
import Addressing
import Insights

/// The values a template is filled with, restricted to the names of its definition.
struct TemplateValues {
  private struct Scope {
    let variables: [TemplateVariable]
    let values: JSONObject
  }

  let definition: TemplateDefinition
  let values: JSONObject

  /// Refuses values with which the template would print nothing, or print something dangerous.
  ///
  /// Only what will be printed is required: a name inside a section whose flag is false may be
  /// absent.
  ///
  /// - Throws: `template.missing_value` for an absent or blank text, an absent flag or list;
  ///   `template.wrong_kind` for a value of another type; `template.unsafe_value` for a line break
  ///   or control character. The value itself is never named.
  func check(_ nodes: [TemplateNode], template: String) throws(DraftingError) {
    let top = Scope(variables: definition.variables, values: values)
    try check(nodes, [top], template)
  }

  /// The same values as the Mustache engine wants them; names outside the definition are dropped,
  /// so that no undeclared key can stand in for a declared one.
  var context: [String: Any] { Self.context(values, definition.variables) }

  private func check(
    _ nodes: [TemplateNode], _ scopes: [Scope], _ template: String
  ) throws(DraftingError) {
    for node in nodes {
      switch node {
      case .variable(let name, _):
        try checkText(value(name, scopes, template), name, template)
      case .section(let name, let inverted, _, let inner):
        try checkSection(name, inverted, inner, scopes, template)
      }
    }
  }

  private func checkSection(
    _ name: String, _ inverted: Bool, _ inner: [TemplateNode], _ scopes: [Scope],
    _ template: String
  ) throws(DraftingError) {
    switch try value(name, scopes, template) {
    case .bool(let flag):
      if flag != inverted { try check(inner, scopes, template) }
    case .array(let items):
      if inverted {
        if items.isEmpty { try check(inner, scopes, template) }
        return
      }
      for item in items {
        guard case .object(let object) = item, let fields = fields(name, scopes) else {
          throw error("template.wrong_kind", template, "\(name) has an entry that is no object")
        }
        try check(inner, scopes + [Scope(variables: fields, values: object)], template)
      }
    default: throw error("template.wrong_kind", template, "\(name) is neither flag nor list")
    }
  }

  private func checkText(
    _ value: JSONValue, _ name: String, _ template: String
  ) throws(DraftingError) {
    guard case .string(let text) = value else {
      throw error("template.wrong_kind", template, "\(name) is not a text")
    }
    if text.allSatisfy(\.isWhitespace) {
      throw error("template.missing_value", template, "\(name) is empty")
    }
    do {
      try HeaderText.check(text)
    } catch {
      throw self.error(
        "template.unsafe_value", template, "\(name) holds a line break or control character")
    }
  }

  private func value(
    _ name: String, _ scopes: [Scope], _ template: String
  ) throws(DraftingError) -> JSONValue {
    for scope in scopes.reversed() where scope.variables.contains(where: { $0.name == name }) {
      if let value = scope.values[name], !value.isNull { return value }
      break
    }
    throw error("template.missing_value", template, "\(name) has no value")
  }

  private func fields(_ name: String, _ scopes: [Scope]) -> [TemplateVariable]? {
    for scope in scopes.reversed() {
      guard let variable = scope.variables.first(where: { $0.name == name }) else { continue }
      if case .list(let fields) = variable.kind { return fields }
      return nil
    }
    return nil
  }

  private func error(_ code: String, _ template: String, _ detail: String) -> DraftingError {
    DraftingError(code: code, template: template, detail: detail)
  }

  private static func context(
    _ values: JSONObject, _ variables: [TemplateVariable]
  ) -> [String: Any] {
    var context: [String: Any] = [:]
    for variable in variables {
      switch (variable.kind, values[variable.name]) {
      case (.text, .string(let text)?): context[variable.name] = text
      case (.flag, .bool(let flag)?): context[variable.name] = flag
      case (.list(let fields), .array(let items)?):
        context[variable.name] = items.compactMap(\.objectValue).map { Self.context($0, fields) }
      default: break
      }
    }
    return context
  }
}
