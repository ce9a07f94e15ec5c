import Decisions
import Yams

/// Reads the YAML of a policy into a tree with line numbers. Only what a policy needs is read: one
/// document of maps, lists and single values. Aliases, anchors, tags and keys that stand twice are
/// refused, because what they mean differs between readers.
public enum PolicyFile {
  /// The longest file that is read, in bytes.
  public static let byteLimit = 1 << 20
  /// How deep maps and lists stand in each other at most.
  public static let maximumDepth = 16

  /// The document of a file's text, or what is wrong with it.
  public static func document(_ text: String) -> Result<PolicyNode, PolicyIssue> {
    do throws(PolicyIssue) {
      guard text.utf8.count <= byteLimit else {
        throw issue(
          0, "file.too_large", "The file has more than \(byteLimit) bytes.",
          "Split the policy, or leave out what no rule needs.")
      }
      try refuseReferences(text)
      return .success(try compose(text))
    } catch {
      return .failure(error)
    }
  }

  /// A policy of a file's text, with everything that is wrong with it.
  public static func read(_ text: String) -> PolicyReader.Answer {
    switch document(text) {
    case .success(let node): PolicyReader.read(node)
    case .failure(let issue): PolicyReader.Answer(failing: issue)
    }
  }

  private static func compose(_ text: String) throws(PolicyIssue) -> PolicyNode {
    do {
      // The encoding is named, because the default asks the environment.
      let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
      guard let root = try parser.singleRoot() else {
        throw issue(1, "file.empty", "The file is empty.", "Begin with policy: and a name.")
      }
      // Anchors live as long as their parser.
      return try withExtendedLifetime(parser) { try node(root, depth: 0) }
    } catch let found as PolicyIssue {
      throw found
    } catch {
      throw issue(for: error)
    }
  }

  private static func node(
    _ node: Node, depth: Int, isKey: Bool = false
  ) throws(PolicyIssue) -> PolicyNode {
    let line = node.mark?.line ?? 0
    guard depth <= maximumDepth else {
      throw issue(
        line, "file.too_deep", "Lists and maps stand too deep in each other.",
        "A policy needs no more than \(maximumDepth) levels.")
    }
    guard node.anchor == nil else { throw reference(line) }
    switch node {
    case .alias: throw reference(line)
    case .scalar(let scalar):
      let isQuoted = scalar.style != .plain
      // Comparing keys has made texts of them.
      let isText = isQuoted || isKey
      try refuseTag(scalar.tag, line, allowing: isText ? ["", Tag.Name.str.rawValue] : [""])
      return PolicyNode(.scalar(scalar.string, isQuoted: isQuoted), line: line)
    case .sequence(let sequence):
      try refuseTag(sequence.tag, line, allowing: [""])
      var items: [PolicyNode] = []
      for item in sequence { items.append(try self.node(item, depth: depth + 1)) }
      return PolicyNode(.list(items), line: line)
    case .mapping(let mapping):
      try refuseTag(mapping.tag, line, allowing: [""])
      var members: [PolicyNode.Member] = []
      for pair in mapping {
        let key = try self.node(pair.key, depth: depth + 1, isKey: true)
        guard case .scalar(let name, _) = key.content else {
          throw issue(
            key.line, "key.map", "A key is a list or a map.", "Write one word as key.")
        }
        members.append(
          PolicyNode.Member(
            key: name, line: key.line, value: try self.node(pair.value, depth: depth + 1)))
      }
      return PolicyNode(.map(members), line: line)
    }
  }

  private static func refuseTag(
    _ tag: Tag, _ line: Int, allowing names: [String]
  ) throws(PolicyIssue) {
    if names.contains(tag.description) { return }
    throw issue(
      line, "yaml.tag", "A tag (! or !!) stands here.",
      "Take it out; what a value means is decided by its field.")
  }

  /// An alias must not even be resolved: a few lines of them can stand for billions of values. A word
  /// that is both anchored (`&name`) and referred to (`*name`) is therefore refused beforehand.
  private static func refuseReferences(_ text: String) throws(PolicyIssue) {
    var anchored: Set<Substring> = []
    var line = 1
    let breaks: Set<Character> = [" ", "\t", "[", "{", ",", ":", "-", "\n", "\r\n", "\r"]
    var before: Character = "\n"
    var rest = text[...]
    while let character = rest.first {
      rest = rest.dropFirst()
      if character.isNewline { line += 1 }
      // YAML breaks lines there and editors do not: what stands behind them is read as something else.
      if character == "\u{85}" || character == "\u{2028}" || character == "\u{2029}" {
        throw issue(
          line, "yaml.break", "A line break stands here that is none in most editors.",
          "Replace U+0085, U+2028 and U+2029 by ordinary line breaks.")
      }
      if character == "&" || character == "*", breaks.contains(before) {
        let name = rest.prefix { !$0.isWhitespace && !",[]{}".contains($0) }
        if character == "&" {
          anchored.insert(name)
        } else if anchored.contains(name), !name.isEmpty {
          throw reference(line)
        }
      }
      before = character
    }
  }

  private static func reference(_ line: Int) -> PolicyIssue {
    issue(
      line, "yaml.alias", "An anchor (&name) or an alias (*name) stands here.",
      "Write the value out in each place.")
  }

  private static func issue(for error: any Error) -> PolicyIssue {
    switch error {
    case YamlError.scanner(_, let problem, let mark, _),
      YamlError.parser(_, let problem, let mark, _),
      YamlError.composer(_, let problem, let mark, _):
      return issue(
        mark.line, "yaml.syntax", "Column \(mark.column) is no YAML: \(problem).",
        "Check indentation, colons and quotes there; texts with : or # need quotes.")
    case YamlError.duplicatedKeysInMapping(let keys, let context):
      let key = keys.first.map { String($0.prefix(60)) } ?? ""
      return issue(
        context.mark.line, "key.duplicate", "The key \(key) stands here and again below.",
        "Keep one of the two.")
    case YamlError.reader(let problem, _, _, _):
      return issue(
        0, "yaml.characters", "A character cannot be read: \(problem).",
        "Save the file as UTF-8 without control characters.")
    default:
      return issue(
        0, "yaml.unreadable", "The file is no YAML that can be read.",
        "Compare it with the output of aiom policy show --default --yaml.")
    }
  }

  private static func issue(
    _ line: Int, _ code: String, _ message: String, _ remedy: String
  ) -> PolicyIssue {
    PolicyIssue(line: line, path: "", code: code, message: message, remedy: remedy)
  }
}
