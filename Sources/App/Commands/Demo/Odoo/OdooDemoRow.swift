import ActionProtocol

/// One line of the demo's closing table: what should happen, and what did.
struct OdooDemoRow: Sendable {
  let id: String
  let what: String
  let expected: String
  let found: String
  let isRight: Bool

  init(_ id: String, _ what: String, expected: String, found: String, _ isRight: Bool) {
    self.id = id
    self.what = what
    self.expected = expected
    self.found = found
    self.isRight = isRight
  }

  var json: JSONValue {
    [
      "id": .string(id), "what": .string(what), "expected": .string(expected),
      "found": .string(found), "ok": .bool(isRight),
    ]
  }

  static func table(_ rows: [OdooDemoRow]) -> TextTable {
    var table = TextTable([.left(""), .left("WHAT"), .left("SHOULD BE"), .left("WAS")])
    for row in rows {
      table.add([row.isRight ? "ok" : "NOT OK", row.what, row.expected, row.found])
    }
    return table
  }
}
