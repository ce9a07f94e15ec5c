import Engine

/// What a person said about an organisation's books.
struct BooksForm: Sendable, Equatable {
  var kind = OrgBooks.Kind.ledger.rawValue
  var url = Self.none
  var database = Self.none
  var user = Self.none
  var key = OrgBooks.standardKey
  var project = Self.none
  var notes = "on"

  /// How a value of its own is taken back.
  static let none = "none"

  init() {}

  init(_ books: OrgBooks) {
    kind = books.kind.rawValue
    url = books.url ?? Self.none
    database = books.database ?? Self.none
    user = books.user ?? Self.none
    key = books.key
    project = books.project.map(String.init) ?? Self.none
    notes = books.notesReminders ? "on" : "off"
  }

  /// Takes over what the options name.
  /// - Returns: the names of the fields.
  mutating func apply(_ options: BooksOptions) -> [String] {
    let given: [(String, WritableKeyPath<BooksForm, String>, String?)] = [
      ("books", \.kind, options.books), ("odoo_url", \.url, options.odooURL),
      ("odoo_db", \.database, options.odooDB), ("odoo_user", \.user, options.odooUser),
      ("odoo_key", \.key, options.odooKey), ("odoo_project", \.project, options.odooProject),
      ("odoo_notes", \.notes, options.odooNotes),
    ]
    var names: [String] = []
    for (name, path, value) in given {
      guard let value else { continue }
      self[keyPath: path] = value
      names.append(name)
    }
    return names
  }
}

extension FieldCheck {
  /// The books; nil where something is wrong with them.
  mutating func books(_ form: BooksForm) -> OrgBooks? {
    let kind = read("--books", "must be ledger or odoo") { OrgBooks.Kind(rawValue: form.kind) }
    let url = own("--odoo-url", form.url, OdooAddress.problem)
    let database = own("--odoo-db", form.database, Self.nameProblem)
    let user = own("--odoo-user", form.user, Self.nameProblem)
    let key = keyReference(form.key, "--odoo-key")
    let project: Int64?? = read("--odoo-project", "must be a project's id, or none") {
      form.project == BooksForm.none
        ? .some(nil) : Int64(form.project).flatMap { $0 > 0 ? .some($0) : nil }
    }
    let notes = read("--odoo-notes", "must be on or off") {
      ["on": true, "off": false][form.notes]
    }
    guard let kind, let url, let database, let user, let key, let project, let notes else {
      return nil
    }
    return OrgBooks(
      kind, url: url, database: database, user: user, key: key, project: project,
      notesReminders: notes)
  }

  private static func nameProblem(_ text: String) -> String? {
    OdooName.accepts(text) ? nil : OdooName.rule
  }

  /// A value of the organisation's own; `none` and nothing mean the installation's.
  private mutating func own(
    _ field: String, _ text: String, _ problem: (String) -> String?
  ) -> String?? {
    if text == BooksForm.none || text.isEmpty { return .some(nil) }
    guard let problem = problem(text) else { return .some(text) }
    refuse(field, problem)
    return nil
  }
}
