/// The tags of a template as a tree; the text between them is of no interest here.
indirect enum TemplateNode: Hashable, Sendable {
  /// `{{name}}`
  case variable(String, line: Int)
  /// `{{#name}}…{{/name}}`, or `{{^name}}…{{/name}}` where inverted.
  case section(String, inverted: Bool, line: Int, [TemplateNode])
}
