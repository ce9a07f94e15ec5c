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
  var links = "off"
  var pdf = "off"
  var pdfLimit = String(DocumentSettings.standardLimit)
  var linkHosts = Self.none

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
    links = books.documents.links ? "on" : "off"
    pdf = books.documents.files ? "on" : "off"
    pdfLimit = String(books.documents.fileLimit)
    linkHosts =
      books.documents.hosts.isEmpty ? Self.none : books.documents.hosts.joined(separator: ",")
  }

  /// Takes over what the options name.
  /// - Returns: the names of the fields.
  mutating func apply(_ options: BooksOptions) -> [String] {
    let given: [(String, WritableKeyPath<BooksForm, String>, String?)] = [
      ("books", \.kind, options.books), ("odoo_url", \.url, options.odooURL),
      ("odoo_db", \.database, options.odooDB), ("odoo_user", \.user, options.odooUser),
      ("odoo_key", \.key, options.odooKey), ("odoo_project", \.project, options.odooProject),
      ("odoo_notes", \.notes, options.odooNotes), ("odoo_links", \.links, options.odooLinks),
      ("odoo_pdf", \.pdf, options.odooPDF), ("odoo_pdf_limit", \.pdfLimit, options.odooPDFLimit),
      ("odoo_link_hosts", \.linkHosts, options.odooLinkHosts),
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
    let documents = documents(form)
    guard let kind, let url, let database, let user, let key, let project, let notes, let documents
    else { return nil }
    var books = OrgBooks(
      kind, url: url, database: database, user: user, key: key, project: project,
      notesReminders: notes)
    books.documents = documents
    return books
  }

  private mutating func documents(_ form: BooksForm) -> DocumentSettings? {
    let switches = ["on": true, "off": false]
    let links = read("--odoo-links", "must be on or off") { switches[form.links] }
    let files = read("--odoo-pdf", "must be on or off") { switches[form.pdf] }
    let limit = read("--odoo-pdf-limit", "must be a number from 1 to 10240") {
      Int(form.pdfLimit).flatMap { DocumentSettings.limits.contains($0) ? $0 : nil }
    }
    let hosts = read("--odoo-link-hosts", "must be host names by commas, or none") {
      Self.hosts(form.linkHosts)
    }
    guard let links, let files, let limit, let hosts else { return nil }
    var settings = DocumentSettings()
    (settings.links, settings.files) = (links, files)
    (settings.fileLimit, settings.hosts) = (limit, hosts)
    return settings
  }

  private static func hosts(_ text: String) -> [String]? {
    if text == BooksForm.none { return [] }
    let hosts = text.lowercased().split(separator: ",").map {
      String($0.filter { !$0.isWhitespace })
    }
    let isHost = { (host: String) in
      (1...253).contains(host.count)
        && host.utf8.allSatisfy {
          (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x2E
        }
    }
    return !hosts.isEmpty && hosts.count <= 20 && hosts.allSatisfy(isHost) ? hosts : nil
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
