/// Collects issues while walking a document; the path becomes a pointer only when one is found.
struct IssueCollector {
  private(set) var issues: [ProtocolIssue] = []
  private var path: [JSONParser.Step] = []

  /// How many issues one document can have; the rest is counted as one.
  static let limit = 500

  var isFull: Bool { issues.count > Self.limit }

  mutating func enter(_ key: String) { path.append(.key(key)) }
  mutating func enter(_ index: Int) { path.append(.index(index)) }
  mutating func leave() { path.removeLast() }

  var pointer: JSONPointer {
    path.reduce(.root) { pointer, step in
      switch step {
      case .key(let key): pointer.appending(key)
      case .index(let index): pointer.appending(index)
      }
    }
  }

  mutating func report(
    _ code: String, _ message: String, _ remedy: String, suggestion: JSONValue? = nil
  ) {
    add(
      ProtocolIssue(
        pointer: pointer, code: code, message: message, remedy: remedy, suggestion: suggestion))
  }

  mutating func report(_ wording: RecordRule.Wording, suggestion: JSONValue? = nil) {
    report(wording.code, wording.message, wording.remedy, suggestion: suggestion)
  }

  /// Reports an issue of a member of the current place.
  mutating func report(
    _ wording: RecordRule.Wording, at steps: [String], suggestion: JSONValue? = nil
  ) {
    steps.forEach { enter($0) }
    report(wording, suggestion: suggestion)
    steps.forEach { _ in leave() }
  }

  mutating func add(_ issue: ProtocolIssue) {
    if issues.count < Self.limit {
      issues.append(issue)
    } else if issues.count == Self.limit {
      issues.append(
        ProtocolIssue(
          pointer: .root, code: "issues.more",
          message: "There are more than \(Self.limit) issues; the others are left out.",
          remedy: "Correct these and validate again."))
    }
  }

  func hasIssue(at steps: [String]) -> Bool {
    let place = steps.reduce(pointer) { $0.appending($1) }
    return issues.contains { $0.pointer == place }
  }
}
