import ActionProtocol

/// Damages documents in one to three places: members dropped, added, renamed, values of other
/// types, lengths at their limits, unknown words, null, nested garbage.
struct DocumentMutator {
  var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func mutated(_ document: JSONValue) -> JSONValue {
    var document = document
    for _ in 0..<random.int(1...3) {
      let places = Self.places(of: document)
      document = mutated(document, at: random.pick(places))
    }
    return document
  }

  /// Every place of a document below its root, with the root last.
  static func places(of value: JSONValue, at pointer: JSONPointer = .root) -> [JSONPointer] {
    var places: [JSONPointer] = []
    switch value {
    case .object(let object):
      for (key, child) in object { places += Self.places(of: child, at: pointer.appending(key)) }
    case .array(let items):
      for (index, child) in items.enumerated() {
        places += Self.places(of: child, at: pointer.appending(index))
      }
    default: break
    }
    return places + [pointer]
  }

  private mutating func mutated(_ document: JSONValue, at place: JSONPointer) -> JSONValue {
    guard let value = document[place] else { return document }
    switch random.int(0...9) {
    case 0: return Self.removing(place, from: document)
    case 1: return document.setting(place, to: extended(value))
    case 2: return Self.renaming(place, in: document, to: random.pick(Self.keys))
    case 3: return document.setting(place, to: .null)
    default: return document.setting(place, to: changed(value))
    }
  }

  private static let keys = [
    "x", "status", "type", "expectd_effect", "effect_type", "template_vars", "approved_by", "",
  ]

  private mutating func extended(_ value: JSONValue) -> JSONValue {
    switch value {
    case .object(var object):
      object[random.pick(Self.keys)] = garbage()
      return .object(object)
    case .array(let items):
      if let first = items.first {
        return .array(items + Array(repeating: first, count: random.pick([1, 2, 9, 10])))
      }
      return [garbage()]
    default: return garbage()
    }
  }

  private mutating func changed(_ value: JSONValue) -> JSONValue {
    switch value {
    case .string(let text): changed(text)
    case .integer(let number): changed(number)
    case .bool(let flag): random.chance(50) ? .bool(!flag) : garbage()
    default: garbage()
    }
  }

  private mutating func changed(_ number: Int64) -> JSONValue {
    random.pick([
      .integer(0), .integer(-1), .integer(1), .integer(8), .integer(525_601), .integer(50_000_001),
      .integer(9_007_199_254_740_991), .number(Double(number) + 0.5), .number(Double(number)),
      .string(String(number)), .bool(true),
    ])
  }

  private mutating func changed(_ text: String) -> JSONValue {
    let lengths = [0, 1, 2, 4, 5, 9, 10, 11, 99, 100, 101, 150, 151, 199, 200, 201, 255, 256, 320]
    switch random.int(0...7) {
    case 0: return .string(String(repeating: "a", count: random.pick(lengths)))
    case 1: return .string(String(repeating: "🙂", count: random.pick(lengths + [321, 600, 601])))
    case 2: return .string(text + random.pick(Self.tails))
    case 3: return .string(random.pick(Self.tails) + text)
    case 4: return .string(String(text.dropLast()))
    case 5: return .string(random.pick(Self.words))
    case 6: return .string(text.uppercased())
    default: return garbage()
    }
  }

  private static let tails = [
    "\n", "\r", "\t", "\u{0}", "\u{7F}", "\u{85}", "\u{2028}", " ", "$", "٣", "é", ".", "/", "@",
  ]

  private static let words =
    ActionType.allCases.map(\.rawValue) + OperationType.allCases.map(\.rawValue)
    + RiskLevel.allCases.map(\.rawValue) + RollbackStrategy.allCases.map(\.rawValue)
    + EffectType.allCases.map(\.rawValue) + PredicateType.allCases.map(\.rawValue)
    + [
      "1.1", "1.10", "2026-02-29", "2024-02-29", "2026-04-31", "24:00", "24:01", "9:00", "23:59",
      "2026-01-31T09:00:00Z", "2026-01-31T09:00:60Z", "2026-02-30T09:00:00+01:00", "EUR", "EUX",
      "+4915112345678", "+0123456789", "a@b.example", "in_app", "partner_1:x", "partner_0:x",
    ]

  private mutating func garbage() -> JSONValue {
    random.pick([
      .null, .bool(false), .bool(true), .integer(0), .integer(1), .number(1.5), "", "x", [], [[]],
      [1], ["a", "a"], [:], ["a": ["b": [.null]]], .number(-0.0), .number(1e15),
    ])
  }

  static func removing(_ place: JSONPointer, from document: JSONValue) -> JSONValue {
    guard let (parent, step) = split(place) else { return document }
    switch document[parent] {
    case .object(var object):
      object[step] = nil
      return document.setting(parent, to: .object(object))
    case .array(var items):
      if let index = Int(step), items.indices.contains(index) { items.remove(at: index) }
      return document.setting(parent, to: .array(items))
    default: return document
    }
  }

  private static func renaming(
    _ place: JSONPointer, in document: JSONValue, to name: String
  ) -> JSONValue {
    guard let value = document[place], let (parent, _) = split(place),
      case .object = document[parent]
    else { return document }
    return removing(place, from: document).setting(parent.appending(name), to: value)
  }

  private static func split(_ place: JSONPointer) -> (JSONPointer, String)? {
    let steps = place.steps
    guard let last = steps.last else { return nil }
    return (steps.dropLast().reduce(.root) { $0.appending($1) }, last)
  }
}
