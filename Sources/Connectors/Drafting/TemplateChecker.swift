import Insights

/// Compares a template's tags with the names its definition offers.
enum TemplateChecker {
  /// - Throws: `template.unknown_variable` for a name that is not in the catalogue where it
  ///   stands, `template.wrong_kind` for a flag or list that is printed, or a text used as section.
  static func check(
    _ nodes: [TemplateNode], definition: TemplateDefinition, template: String
  ) throws(DraftingError) {
    try check(nodes, scopes: [definition.variables], template: template)
  }

  private static func check(
    _ nodes: [TemplateNode], scopes: [[TemplateVariable]], template: String
  ) throws(DraftingError) {
    for node in nodes {
      switch node {
      case .variable(let name, let line):
        let variable = try find(name, scopes, template, line)
        if variable.kind != .text {
          throw wrongKind(template, line, "\(name) cannot be printed; use it as a section")
        }
      case .section(let name, let inverted, let line, let inner):
        switch try find(name, scopes, template, line).kind {
        case .text: throw wrongKind(template, line, "\(name) is a text, not a section")
        case .flag: try check(inner, scopes: scopes, template: template)
        case .list(let names):
          let scopes = inverted ? scopes : scopes + [names]
          try check(inner, scopes: scopes, template: template)
        }
      }
    }
  }

  private static func find(
    _ name: String, _ scopes: [[TemplateVariable]], _ template: String, _ line: Int
  ) throws(DraftingError) -> TemplateVariable {
    for scope in scopes.reversed() {
      if let variable = scope.first(where: { $0.name == name }) { return variable }
    }
    throw DraftingError(
      code: "template.unknown_variable", template: template,
      detail: "line \(line): \(name) is not a name of this template")
  }

  private static func wrongKind(
    _ template: String, _ line: Int, _ detail: String
  ) -> DraftingError {
    DraftingError(
      code: "template.wrong_kind", template: template, detail: "line \(line): \(detail)")
  }
}
