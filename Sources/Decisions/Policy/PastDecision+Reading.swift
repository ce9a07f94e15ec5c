import ActionProtocol

extension PastDecision {
  private static let own = ["id", "at", "keys", "outcome"]

  /// Reads one decision of the past: `{id, at, action_type, facts, keys: {partner, recipient,
  /// proposer}, outcome}`. Facts that are not there count as not given.
  public static func read(_ json: JSONValue) -> (past: PastDecision?, issues: [PolicyIssue]) {
    let node = PolicyNode(json)
    let (facts, issues) = PolicyReader.readFacts(node, assumingTypical: false, beside: own)
    guard let facts else { return (nil, issues) }
    var reader = PolicyReader()
    let known = own + ["action_type", "facts", "caps"]
    guard let map = reader.map(node, "", known, needed: ["id", "at", "outcome"]),
      let id = map["id"].flatMap({ reader.line($0, "id", upTo: 200) }),
      let at = map["at"].flatMap({ reader.instant($0, "at") }),
      let outcome = map["outcome"].flatMap({ reader.word($0, "outcome", as: Outcome.self) })
    else { return (nil, reader.issues) }
    var keys: [PolicyCap.Key: String] = [:]
    if let node = map["keys"],
      let named = reader.map(node, "keys", PolicyCap.Key.allCases.map(\.rawValue))
    {
      for (name, value) in named {
        guard let key = PolicyCap.Key(rawValue: name) else { continue }
        keys[key] = reader.line(value, "keys.\(name)", upTo: 400)
      }
    }
    guard reader.issues.isEmpty else { return (nil, reader.issues) }
    return (PastDecision(id: id, at: at, facts: facts, keys: keys, outcome: outcome), [])
  }

  /// As ``read(_:)`` reads it.
  public var json: JSONValue {
    var object = facts.json.objectValue ?? JSONObject()
    object["caps"] = nil
    object["id"] = .string(id)
    object["at"] = .string(at.rfc3339)
    object["outcome"] = .string(outcome.rawValue)
    if !keys.isEmpty {
      object["keys"] = .object(
        JSONObject(
          keys.sorted { $0.key.rawValue < $1.key.rawValue }.map {
            ($0.key.rawValue, .string($0.value))
          }))
    }
    return .object(object)
  }
}
