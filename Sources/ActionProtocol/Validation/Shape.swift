/// What a place in a document may hold.
///
/// One description drives both the reader (`ShapeValidator`) and the published JSON Schema
/// (`SchemaWriter`), so that the two cannot drift apart.
indirect enum Shape: Sendable {
  case text(TextRule)
  case choice([String])
  case integer(ClosedRange<Int64>)
  case number(ClosedRange<Double>?)
  case boolean
  case null
  case anything
  /// An object of any members.
  case map
  case record(RecordShape)
  case list(ListShape)
  /// An object whose member `type` selects one of several records.
  case tagged([TaggedCase])
  /// One of several shapes of different JSON types.
  case alternatives([Shape])
}

extension Shape {
  /// A line of text.
  static func line(_ length: ClosedRange<Int>, _ format: TextFormat? = nil) -> Shape {
    .text(TextRule(length: length, kind: .line, format: format))
  }

  /// Text of several lines.
  static func prose(_ length: ClosedRange<Int>) -> Shape {
    .text(TextRule(length: length, kind: .prose))
  }

  /// A line whose meaning is checked beyond what a schema can say.
  static func meaning(
    _ meaning: TextMeaning, _ length: ClosedRange<Int>, _ format: TextFormat? = nil
  ) -> Shape {
    .text(TextRule(length: length, kind: .line, format: format, meaning: meaning))
  }

  /// The raw values of an enumeration.
  static func choice<Kind>(of kind: Kind.Type) -> Shape
  where Kind: CaseIterable & RawRepresentable, Kind.RawValue == String {
    .choice(kind.allCases.map(\.rawValue))
  }

  /// The number of a record.
  static let recordID = Shape.integer(1...JSONReader.maximumInteger)
  /// A moment.
  static let timestamp = Shape.meaning(.instant, 20...35, .timestamp)
  /// A day.
  static let date = Shape.line(10...10, .date)
  /// A model's name.
  static let model = Shape.line(1...100, .model)
  /// The longest body of a message or a note; the size of the document is limited besides.
  static let bodyLimit = 500_000
}

/// The rule for a string.
struct TextRule: Sendable {
  /// Which control characters it may have.
  enum Kind: Sendable {
    /// None, and no line separators: it may end up in a header.
    case line
    /// Line feed and tab.
    case prose
    /// Line feed.
    case sms
  }

  /// The length in Unicode scalars.
  let length: ClosedRange<Int>
  let kind: Kind
  var format: TextFormat?
  var meaning: TextMeaning?
}

extension TextRule.Kind {
  /// The pattern, for JSON Schema, of a text that has a character it may not have.
  var refusedPattern: String {
    switch self {
    case .line: "[\\u0000-\\u001F\\u007F-\\u009F\\u2028\\u2029]"
    case .prose: "[\\u0000-\\u0008\\u000B-\\u001F\\u007F-\\u009F]"
    case .sms: "[\\u0000-\\u0009\\u000B-\\u001F\\u007F-\\u009F\\u2028\\u2029]"
    }
  }

  func refuses(_ measure: TextMeasure) -> Bool {
    switch self {
    case .line: measure.breaksLine
    case .prose: measure.hasOtherControl
    case .sms: measure.hasOtherControl || measure.hasTab || measure.hasSeparator
    }
  }
}

/// The rule for an array.
struct ListShape: Sendable {
  let item: Shape
  let count: ClosedRange<Int>
  var isUnique = false
}

/// One record of a tagged union.
struct TaggedCase: Sendable {
  let tag: String
  let record: RecordShape
}

/// The rule for an object: these fields and no others.
///
/// A class, as are `Field` and `Implication`: shapes are walked for every document, and one
/// reference is cheaper to hold than its parts.
final class RecordShape: Sendable {
  /// The name under `$defs` of the schema.
  let name: String
  let fields: [Field]
  /// Fields that AIOM sets and a body may not.
  let serverOwned: [String]
  let rules: [RecordRule]

  init(name: String, fields: [Field], serverOwned: [String] = [], rules: [RecordRule] = []) {
    self.name = name
    self.fields = fields
    self.serverOwned = serverOwned
    self.rules = rules
  }

  func field(_ name: String) -> Field? { fields.first { $0.name.hasSameBytes(as: name) } }
}

/// One member of a record.
final class Field: Sendable {
  let name: String
  let shape: Shape
  /// What it is, for people; the schema's description.
  let summary: String
  let isRequired: Bool
  /// A value to paste when it is missing or of the wrong type.
  let suggestion: JSONValue?
  /// What an absent field means, where it is a constant.
  let fallback: JSONValue?

  init(
    name: String, shape: Shape, summary: String, isRequired: Bool, suggestion: JSONValue?,
    fallback: JSONValue?
  ) {
    self.name = name
    self.shape = shape
    self.summary = summary
    self.isRequired = isRequired
    self.suggestion = suggestion
    self.fallback = fallback
  }

  static func required(
    _ name: String, _ shape: Shape, _ summary: String, suggestion: JSONValue
  ) -> Field {
    Field(
      name: name, shape: shape, summary: summary, isRequired: true, suggestion: suggestion,
      fallback: nil)
  }

  static func optional(
    _ name: String, _ shape: Shape, _ summary: String, fallback: JSONValue? = nil
  ) -> Field {
    Field(
      name: name, shape: shape, summary: summary, isRequired: false, suggestion: fallback,
      fallback: fallback)
  }
}
