import ActionProtocol
import Cards
import Engine

/// Audit entries for people and programs. The leaf's bytes are what is hashed; they are shown parsed.
enum AuditView {
  static func table(_ records: [AuditRecord], time: LocalTime) -> TextTable {
    var table = TextTable([
      .right("NO"), .left("AT"), .left("WHAT"), .left("BY"), .left("VIA"), .left("DECIDED"),
    ])
    for record in records {
      let leaf = parsed(record)
      table.add([
        String(record.sequence), time.text(record.at), leaf["kind"]?.stringValue ?? "?",
        leaf["actor"]?.stringValue ?? "?", leaf["via"]?.stringValue ?? "?",
        DisplayText.shortened(decided(leaf), to: 46),
      ])
    }
    return table
  }

  static func json(_ record: AuditRecord) -> JSONValue {
    [
      "sequence": .integer(record.sequence), "at": .string(record.at.rfc3339),
      "hash": .string(record.hash.hex), "entry": .object(parsed(record)),
    ]
  }

  private static func parsed(_ record: AuditRecord) -> JSONObject {
    guard case .success(.object(let leaf)) = JSONReader.read(record.leaf) else { return [:] }
    return leaf
  }

  /// The decision in a few words: `reason quiet_hours, until 2026-…`.
  private static func decided(_ leaf: JSONObject) -> String {
    guard let decision = leaf["decision"]?.objectValue else {
      return leaf["on"]?.stringValue ?? ""
    }
    let parts = decision.compactMap { key, value -> String? in
      if value.isNull || key == "operation" { return nil }
      return "\(key) \(value.stringValue ?? CanonicalJSON.text(value))"
    }
    return parts.isEmpty ? (leaf["on"]?.stringValue ?? "") : parts.joined(separator: ", ")
  }
}
