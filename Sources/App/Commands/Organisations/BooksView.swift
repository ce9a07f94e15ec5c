import ActionProtocol
import Engine

/// Where an organisation's books are, for people and programs.
enum BooksView {
  static func json(_ books: OrgBooks) -> JSONValue {
    func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
    return [
      "kind": .string(books.kind.rawValue), "odoo_url": text(books.url),
      "odoo_db": text(books.database), "odoo_user": text(books.user),
      "odoo_key": .string(books.key),
      "odoo_project": books.project.map { .integer($0) } ?? .null,
      "odoo_notes": .bool(books.notesReminders),
      "odoo_links": .bool(books.documents.links), "odoo_pdf": .bool(books.documents.files),
      "odoo_pdf_limit": .integer(Int64(books.documents.fileLimit)),
      "odoo_link_hosts": .array(books.documents.hosts.map { .string($0) }),
    ]
  }

  /// Rows of a table of two columns.
  static func rows(_ books: OrgBooks) -> [[String]] {
    guard books.kind == .odoo else { return [["books", "the embedded ledger"]] }
    let place = [books.url ?? "ODOO_URL", books.database ?? "ODOO_DB", books.user ?? "ODOO_USER"]
    return [
      ["books", "Odoo: \(place.joined(separator: ", ")), key \(books.key)"],
      [
        "in Odoo",
        "tasks without a project "
          + (books.project.map { "go to project \($0)" } ?? "wait (--odoo-project)")
          + "; notes after reminders \(books.notesReminders ? "on" : "off")",
      ],
      [
        "reminders",
        "portal link \(books.documents.links ? "on" : "off"), invoice as PDF "
          + (books.documents.files ? "up to \(books.documents.fileLimit) KiB" : "off"),
      ],
    ]
  }
}

extension OrgBooks {
  /// What the change to other books changes, by the names of the fields: old and new.
  func changes(to new: OrgBooks) -> [(field: String, change: String)] {
    let (old, new) = (BooksForm(self), BooksForm(new))
    let fields: [(String, KeyPath<BooksForm, String>)] = [
      ("books", \.kind), ("odoo_url", \.url), ("odoo_db", \.database), ("odoo_user", \.user),
      ("odoo_key", \.key), ("odoo_project", \.project), ("odoo_notes", \.notes),
      ("odoo_links", \.links), ("odoo_pdf", \.pdf), ("odoo_pdf_limit", \.pdfLimit),
      ("odoo_link_hosts", \.linkHosts),
    ]
    return fields.filter { old[keyPath: $0.1] != new[keyPath: $0.1] }
      .map { ($0.0, "\(old[keyPath: $0.1]) -> \(new[keyPath: $0.1])") }
  }
}
