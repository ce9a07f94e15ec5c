import ActionProtocol

/// Reads a policy from a document, strictly: every key is known, every value fits its field. All that
/// is wrong is reported at once, each with line, key and remedy.
public struct PolicyReader {
  /// What was read, and everything wrong with it.
  public struct Answer: Sendable {
    /// The policy; nil where there is an error.
    public let policy: Policy?
    /// In the order of the document; errors and warnings.
    public let issues: [PolicyIssue]
    /// The line of each rule by its id, for messages about the policy as a whole.
    public let lines: [String: Int]

    init(policy: Policy?, issues: [PolicyIssue], lines: [String: Int]) {
      self.policy = policy
      self.issues = issues
      self.lines = lines
    }

    /// A document that could not be read at all.
    public init(failing issue: PolicyIssue) {
      self.init(policy: nil, issues: [issue], lines: [:])
    }
  }

  var issues: [PolicyIssue] = []

  /// Reads a document.
  ///
  /// - Returns: the policy, where nothing is wrong with the document itself. Whether its rules make
  ///   sense together is said by ``PolicyCheck``.
  public static func read(_ document: PolicyNode) -> Answer {
    var reader = PolicyReader()
    var lines: [String: Int] = [:]
    let policy = reader.policy(document, &lines)
    let sorted = reader.issues.enumerated().sorted { left, right in
      (left.element.line, left.offset) < (right.element.line, right.offset)
    }
    return Answer(
      policy: reader.issues.isEmpty ? policy : nil, issues: sorted.map(\.element), lines: lines)
  }

  private mutating func policy(_ node: PolicyNode, _ lines: inout [String: Int]) -> Policy? {
    guard let map = map(node, "", ["policy", "rules", "cases"], needed: ["policy", "rules"]) else {
      return nil
    }
    let name = map["policy"].flatMap { slug($0, "policy") }
    var rules: [PolicyRule] = []
    var first: [String: Int] = [:]
    for (index, item) in list(map["rules"], "rules", upTo: Policy.maximumRules).enumerated() {
      guard let rule = rule(item, "rules[\(index)]") else { continue }
      if let line = first[rule.id] {
        report(
          item, "rules[\(index)].id", "rule.duplicate",
          "The rule \(rule.id) stands here and \(line > 0 ? "in line \(line)" : "before").",
          "Give one of them another id.")
      }
      first[rule.id] = item.line
      lines[rule.id] = item.line
      rules.append(rule)
    }
    let cases = list(map["cases"], "cases", upTo: 1000).enumerated().compactMap { index, item in
      readCase(item, "cases[\(index)]")
    }
    return name.map { Policy(name: $0, rules: rules, cases: cases) }
  }

  // MARK: - Places

  /// Reports the members of a place whose keys are not known, those that are missing, and gives the
  /// others by key.
  mutating func map(
    _ node: PolicyNode, _ path: String, _ known: [String], needed: [String] = []
  ) -> [String: PolicyNode]? {
    guard case .map(let members) = node.content else {
      report(
        node, path, "node.map", "\(place(path)) is no list of keys and values.",
        "Write its keys below it, indented: \(known.joined(separator: ", ")).")
      return nil
    }
    var found: [String: PolicyNode] = [:]
    for member in members {
      let path = join(path, member.key)
      if found[member.key] != nil {
        report(
          line: member.line, path, "key.duplicate", "The key \(shown(member.key)) stands twice.",
          "Keep one of the two.")
      } else if !known.contains(member.key) {
        unknown(member, path, known)
      } else {
        found[member.key] = member.value
      }
    }
    for key in needed where found[key] == nil {
      report(
        node, join(path, key), "key.missing", "\(place(path)) lacks the key \(key).",
        "Add \(key).")
    }
    return found
  }

  private mutating func unknown(_ member: PolicyNode.Member, _ path: String, _ known: [String]) {
    let near = Spelling.nearest(to: member.key, among: known)
    report(
      line: member.line, path, "key.unknown", "The key \(shown(member.key)) is not known here.",
      near.map { "Did you mean \($0)?" } ?? "Known are \(known.joined(separator: ", ")).")
  }

  /// The items of a list; none where it is missing.
  mutating func list(_ node: PolicyNode?, _ path: String, upTo limit: Int) -> [PolicyNode] {
    guard let node else { return [] }
    guard case .list(let items) = node.content else {
      report(
        node, path, "node.list", "\(place(path)) is no list.",
        "Write one item a line behind a hyphen, or [one, two].")
      return []
    }
    if items.count > limit {
      report(
        node, path, "list.too_long", "\(place(path)) has \(items.count) items.",
        "At most \(limit) are read.")
      return []
    }
    return items
  }

  mutating func scalar(_ node: PolicyNode, _ path: String) -> String? {
    if case .scalar(let text, let isQuoted) = node.content, isQuoted || !text.isEmpty {
      return text
    }
    report(
      node, path, "node.scalar", "\(place(path)) is no single value.",
      "Write one value behind the colon.")
    return nil
  }

  mutating func report(
    _ node: PolicyNode, _ path: String, _ code: String, _ message: String, _ remedy: String
  ) {
    report(line: node.line, path, code, message, remedy)
  }

  mutating func report(
    line: Int, _ path: String, _ code: String, _ message: String, _ remedy: String
  ) {
    guard issues.count < 200 else { return }
    issues.append(
      PolicyIssue(line: line, path: path, code: code, message: message, remedy: remedy))
  }

  func place(_ path: String) -> String { path.isEmpty ? "The file" : path }

  func join(_ path: String, _ key: String) -> String {
    path.isEmpty ? shown(key) : "\(path).\(shown(key))"
  }

  /// A key or word of the document, short enough for a message and without control characters.
  func shown(_ text: String) -> String {
    // Nearly all of them: every fact of every past decision is called by one.
    let isPlain = text.utf8.count <= 60 && text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
    if isPlain, !text.isEmpty { return text }
    let plain = String(
      String.UnicodeScalarView(
        text.unicodeScalars.prefix(60).filter { $0.properties.generalCategory != .control }))
    return plain.isEmpty ? "“”" : plain
  }
}
