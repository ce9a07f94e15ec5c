/// Holds a value against a shape and collects every issue.
///
/// Trees built in memory may hold an integral `.number`; it is taken as the integer it is.
struct ShapeValidator {
  var collector = IssueCollector()

  mutating func check(_ value: JSONValue, _ shape: Shape, suggestion: JSONValue? = nil) {
    if collector.isFull { return }
    if case .number(let number) = value, let integer = Int64(exactly: number) {
      return check(.integer(integer), shape, suggestion: suggestion)
    }
    if !isChecked(value, shape) { reportType(of: value, expected: shape, suggestion) }
  }

  /// Checks a value of a type that the shape is about.
  /// - Returns: false where it is of another type.
  private mutating func isChecked(_ value: JSONValue, _ shape: Shape) -> Bool {
    switch shape {
    case .anything: return true
    case .map: return value.objectValue != nil
    case .boolean: return value.boolValue != nil
    case .null: return value.isNull
    case .text(let rule):
      guard case .string(let text) = value else { return false }
      check(text, rule)
    case .choice(let names):
      guard case .string(let text) = value else { return false }
      check(text, names)
    case .integer(let range):
      guard case .integer(let number) = value else { return false }
      check(number, range)
    case .number(let range):
      guard let number = value.doubleValue else { return false }
      check(number, range)
    case .record(let record):
      guard case .object(let object) = value else { return false }
      check(object, record)
    case .list(let list):
      guard case .array(let items) = value else { return false }
      check(items, list)
    case .tagged(let cases):
      guard case .object(let object) = value else { return false }
      check(object, cases)
    case .alternatives(let shapes):
      guard let match = shapes.first(where: { $0.accepts(typeOf: value) }) else { return false }
      check(value, match)
    }
    return true
  }

  private mutating func reportType(
    of value: JSONValue, expected: Shape, _ suggestion: JSONValue?
  ) {
    collector.report(
      "field.type", "Expected \(expected.typeNames), found \(value.typeName).",
      value.isNull
        ? "Leave the field out, or give it a value." : "Give it a value of the expected type.",
      suggestion: suggestion)
  }

  // MARK: Texts and numbers

  private mutating func check(_ text: String, _ rule: TextRule) {
    let measure = TextMeasure(text)
    let before = collector.issues.count
    checkLength(measure.scalars, rule)
    if rule.kind.refuses(measure) {
      collector.report(
        "field.control_character", "The text contains a control character.",
        rule.kind == .line
          ? "Write it in one line, without tabs." : "Only line feeds and tabs may stand here.")
    }
    if let format = rule.format, !format.accepts(text) {
      collector.report(
        "field.format", "The text does not have the form of \(format.example).",
        "Write it like \(format.example).", suggestion: .string(format.example))
    }
    if collector.issues.count == before, let problem = rule.meaning?.problem(in: text) {
      collector.report(problem)
    }
  }

  private mutating func checkLength(_ length: Int, _ rule: TextRule) {
    if length < rule.length.lowerBound {
      collector.report(
        "field.too_short", "\(length) characters; at least \(rule.length.lowerBound) are needed.",
        "Write more.")
    } else if length > rule.length.upperBound {
      collector.report(
        "field.too_long", "\(length) characters; at most \(rule.length.upperBound) are allowed.",
        "Shorten it.")
    }
  }

  private mutating func check(_ text: String, _ names: [String]) {
    if names.contains(where: { $0.hasSameBytes(as: text) }) { return }
    let near = Spelling.nearest(to: text, among: names) ?? (names.count == 1 ? names[0] : nil)
    collector.report(
      "field.value", "The value is not one of: \(names.joined(separator: ", ")).",
      near.map { "Use one of them, perhaps \($0)." } ?? "Use one of them.",
      suggestion: .text(near))
  }

  private mutating func check(_ number: Int64, _ range: ClosedRange<Int64>) {
    guard !range.contains(number) else { return }
    reportRange(
      "\(range.lowerBound)", "\(range.upperBound)",
      .integer(min(max(number, range.lowerBound), range.upperBound)))
  }

  private mutating func check(_ number: Double, _ range: ClosedRange<Double>?) {
    guard let range, !range.contains(number) else { return }
    reportRange(
      "\(range.lowerBound)", "\(range.upperBound)",
      .number(min(max(number, range.lowerBound), range.upperBound)))
  }

  private mutating func reportRange(_ low: String, _ high: String, _ suggestion: JSONValue) {
    collector.report(
      "field.range", "The number is not between \(low) and \(high).",
      "Use a number between them.", suggestion: suggestion)
  }

  // MARK: Arrays

  private mutating func check(_ items: [JSONValue], _ list: ListShape) {
    if items.count < list.count.lowerBound {
      collector.report(
        "field.too_few", "\(items.count) items; at least \(list.count.lowerBound) are needed.",
        "Add what is missing.")
    } else if items.count > list.count.upperBound {
      collector.report(
        "field.too_many", "\(items.count) items; at most \(list.count.upperBound) are allowed.",
        "Leave some out.")
    }
    for (index, item) in items.enumerated() {
      collector.enter(index)
      check(item, list.item)
      collector.leave()
    }
    if list.isUnique { checkUnique(items) }
  }

  private mutating func checkUnique(_ items: [JSONValue]) {
    guard items.count > 1 else { return }
    var seen = Set<JSONValue>()
    for (index, item) in items.enumerated() where !seen.insert(item).inserted {
      collector.enter(index)
      collector.report("field.not_unique", "The item stands twice.", "Remove one of the two.")
      collector.leave()
    }
  }
}
