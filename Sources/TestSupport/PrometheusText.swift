/// A strict reader of the Prometheus text format 0.0.4. What the format leaves to good will is an
/// error here: HELP and TYPE of each family, in this order and before its samples, `_total` at the
/// end of counters, no family and no series twice, whole and rising histograms.
public struct PrometheusText: Sendable {
  public struct Sample: Hashable, Sendable {
    public var name: String
    public var labels: [String: String]
    public var value: Double
  }

  public struct Family: Sendable {
    public var name: String
    public var help: String
    public var kind: String
    public var samples: [Sample] = []
  }

  public struct Wrong: Error, CustomStringConvertible {
    public let description: String
    init(_ line: Int, _ what: String) { description = "line \(line): \(what)" }
  }

  public private(set) var families: [Family] = []

  public init(_ text: String) throws {
    guard text.last == "\n" else { throw Wrong(0, "the last line does not end") }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    lines.removeLast()
    for (index, line) in lines.enumerated() { try read(line, index + 1) }
    try finish(lines.count)
  }

  /// The value of a series; nil where there is none.
  public func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
    families.flatMap(\.samples).first { $0.name == name && $0.labels == labels }?.value
  }

  public func family(_ name: String) -> Family? { families.first { $0.name == name } }

  // MARK: - Lines

  private var pendingHelp: (name: String, help: String)?

  private mutating func read(_ line: Substring, _ number: Int) throws {
    if line.hasPrefix("# HELP ") { return try readHelp(line.dropFirst(7), number) }
    if line.hasPrefix("# TYPE ") { return try readType(line.dropFirst(7), number) }
    guard !line.isEmpty, !line.hasPrefix("#") else { throw Wrong(number, "not a sample") }
    guard pendingHelp == nil else { throw Wrong(number, "HELP without TYPE") }
    try add(try sample(line, number), number)
  }

  private mutating func readHelp(_ rest: Substring, _ number: Int) throws {
    try finish(number)
    guard let space = rest.firstIndex(of: " ") else { throw Wrong(number, "HELP without text") }
    let help = try Self.unescaped(rest[rest.index(after: space)...], quotes: false, number)
    pendingHelp = (try Self.name(rest[..<space], number), help)
  }

  private mutating func readType(_ rest: Substring, _ number: Int) throws {
    let words = rest.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 2, let help = pendingHelp, help.name == words[0] else {
      throw Wrong(number, "TYPE does not follow its HELP")
    }
    guard ["counter", "gauge", "histogram"].contains(words[1]) else {
      throw Wrong(number, "no such type")
    }
    guard families.allSatisfy({ $0.name != help.name }) else {
      throw Wrong(number, "a family twice")
    }
    guard (words[1] == "counter") == help.name.hasSuffix("_total") else {
      throw Wrong(number, "counters, and they alone, end in _total")
    }
    families.append(Family(name: help.name, help: help.help, kind: String(words[1])))
    pendingHelp = nil
  }

  private mutating func add(_ sample: Sample, _ number: Int) throws {
    guard let family = families.last else { throw Wrong(number, "a sample without a family") }
    let suffixes = family.kind == "histogram" ? ["_bucket", "_sum", "_count"] : [""]
    guard suffixes.contains(where: { family.name + $0 == sample.name }) else {
      throw Wrong(number, "not of the family before it")
    }
    guard
      !family.samples.contains(where: {
        $0.name == sample.name && $0.labels == sample.labels
      })
    else { throw Wrong(number, "a series twice") }
    if family.kind == "counter", !(sample.value >= 0) { throw Wrong(number, "a negative counter") }
    families[families.count - 1].samples.append(sample)
  }

  /// Checks the family that ends here.
  private func finish(_ number: Int) throws {
    guard let family = families.last, family.kind == "histogram" else { return }
    let buckets = family.samples.filter { $0.name.hasSuffix("_bucket") }
    let series = Dictionary(grouping: buckets) { $0.labels.filter { $0.key != "le" } }
    for (labels, buckets) in series {
      let bounds = try buckets.map { bucket -> Double in
        guard let text = bucket.labels["le"], let bound = Self.double(text) else {
          throw Wrong(number, "a bucket without le")
        }
        return bound
      }
      guard bounds == bounds.sorted(), bounds.last == .infinity else {
        throw Wrong(number, "buckets out of order, or without +Inf")
      }
      let counts = buckets.map(\.value)
      guard counts == counts.sorted() else { throw Wrong(number, "buckets do not rise") }
      guard value(family.name + "_count", labels) == counts.last,
        value(family.name + "_sum", labels) != nil
      else { throw Wrong(number, "count or sum do not fit") }
    }
    guard family.samples.count == buckets.count + 2 * series.count else {
      throw Wrong(number, "a histogram with further samples")
    }
  }

  // MARK: - Parts

  private func sample(_ line: Substring, _ number: Int) throws -> Sample {
    var rest = line
    let head = rest.prefix { $0 != "{" && $0 != " " }
    rest = rest.dropFirst(head.count)
    var labels: [String: String] = [:]
    if rest.first == "{" {
      let (found, after) = try Self.labels(rest.dropFirst(), number)
      (labels, rest) = (found, after)
    }
    guard rest.first == " ", let value = Self.double(String(rest.dropFirst())) else {
      throw Wrong(number, "no value")
    }
    return Sample(name: try Self.name(head, number), labels: labels, value: value)
  }

  private static func labels(
    _ text: Substring, _ number: Int
  ) throws -> ([String: String], Substring) {
    var labels: [String: String] = [:]
    var rest = text
    while true {
      let name = rest.prefix { $0 != "=" }
      rest = rest.dropFirst(name.count)
      guard rest.hasPrefix("=\"") else { throw Wrong(number, "a label without a value") }
      rest = rest.dropFirst(2)
      var raw = ""
      while let character = rest.first, character != "\"" {
        raw.append(character)
        rest = rest.dropFirst()
        if character == "\\" {
          guard let next = rest.popFirst() else { throw Wrong(number, "an escape at the end") }
          raw.append(next)
        }
      }
      guard rest.popFirst() == "\"" else { throw Wrong(number, "a label's value does not end") }
      let key = try Self.name(name, number)
      guard !key.contains(":"), labels[key] == nil else { throw Wrong(number, "a label's name") }
      labels[key] = try unescaped(raw[...], quotes: true, number)
      switch rest.popFirst() {
      case ",": continue
      case "}": return (labels, rest)
      default: throw Wrong(number, "labels do not end")
      }
    }
  }

  private static func name(_ text: Substring, _ number: Int) throws -> String {
    let isFit = text.utf8.allSatisfy { byte in
      (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte)
        || (0x30...0x39).contains(byte) || byte == 0x5F || byte == 0x3A
    }
    guard isFit, let first = text.first, !first.isNumber else { throw Wrong(number, "a name") }
    return String(text)
  }

  private static func unescaped(
    _ text: Substring, quotes: Bool, _ number: Int
  ) throws -> String {
    var result = ""
    var rest = text
    while let character = rest.popFirst() {
      guard character == "\\" else {
        result.append(character)
        continue
      }
      switch rest.popFirst() {
      case "\\": result.append("\\")
      case "n": result.append("\n")
      case "\"" where quotes: result.append("\"")
      default: throw Wrong(number, "an unknown escape")
      }
    }
    return result
  }

  private static func double(_ text: String) -> Double? {
    switch text {
    case "+Inf": .infinity
    case "-Inf": -.infinity
    case "NaN": .nan
    default: text.contains(" ") ? nil : Double(text)
    }
  }
}
