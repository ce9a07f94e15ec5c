import ActionProtocol
import Engine

extension SQLTransaction {
  /// Writes what differs from the standard and removes the rest, so that a claim reads few rows.
  func saveBooks(_ organisation: Organisation) throws {
    let org = SQLValue.text(organisation.id.rawValue)
    try sql.execute("DELETE FROM settings WHERE org_id = $1 AND key LIKE 'books.%'", [org])
    for (key, value) in organisation.books.stored {
      try sql.execute(
        "INSERT INTO settings (org_id, key, value) VALUES ($1, $2, $3)",
        [org, .text(key), .text(value)])
    }
  }
}

extension OrgBooks {
  /// What differs from the standard.
  fileprivate var stored: [(String, String)] {
    let values: [(String, String?)] = [
      ("books.kind", kind == .ledger ? nil : kind.rawValue), ("books.url", url),
      ("books.database", database), ("books.user", user),
      ("books.key", key == Self.standardKey ? nil : key),
      ("books.project", project.map(String.init)),
      ("books.notes_reminders", notesReminders ? nil : "off"),
      ("books.links", documents.links ? "on" : nil), ("books.files", documents.files ? "on" : nil),
      (
        "books.file_limit",
        documents.fileLimit == DocumentSettings.standardLimit ? nil : String(documents.fileLimit)
      ),
      (
        "books.link_hosts",
        documents.hosts.isEmpty ? nil : documents.hosts.joined(separator: " ")
      ),
    ]
    return values.compactMap { key, value in value.map { (key, $0) } }
  }

  /// Takes over a stored setting; another one, and one that cannot be read, changes nothing.
  mutating func read(_ key: String, _ value: String) {
    switch key {
    case "books.kind": kind = Kind(rawValue: value) ?? kind
    case "books.url": url = value
    case "books.database": database = value
    case "books.user": user = value
    case "books.key": self.key = value
    case "books.project": project = Int64(value)
    case "books.notes_reminders": notesReminders = value != "off"
    case "books.links": documents.links = value == "on"
    case "books.files": documents.files = value == "on"
    case "books.file_limit":
      if let limit = Int(value), DocumentSettings.limits.contains(limit) {
        documents.fileLimit = limit
      }
    case "books.link_hosts": documents.hosts = value.split(separator: " ").map(String.init)
    default: break
    }
  }
}
