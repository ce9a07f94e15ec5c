import ActionProtocol
import Engine
import Testing

@testable import App

@Suite struct BooksFormTests {
  private func books(_ change: (inout BooksForm) -> Void) -> (OrgBooks?, [String]) {
    var form = BooksForm()
    change(&form)
    var check = FieldCheck()
    return (check.books(form), check.problems.map(\.field))
  }

  @Test func `nothing said is the embedded ledger`() {
    #expect(books { _ in }.0 == .ledger)
  }

  @Test func `the form of books gives the same books back`() {
    var all = OrgBooks(
      .odoo, url: "https://acme.example", database: "acme", user: "bot@acme.example",
      key: "file:/etc/aiom/odoo", project: 7, notesReminders: false)
    (all.documents.links, all.documents.files) = (true, true)
    (all.documents.fileLimit, all.documents.hosts) = (100, ["acme.example", "pay.acme.example"])
    #expect(books { $0 = BooksForm(all) }.0 == all)
  }

  @Test func `an own value is taken back with none`() {
    let (found, _) = books {
      $0 = BooksForm(OrgBooks(.odoo, url: "https://acme.example", project: 7))
      $0.url = "none"
      $0.project = "none"
    }
    #expect(found == OrgBooks(.odoo))
  }

  @Test(arguments: [
    ("--books", "sage"), ("--odoo-url", "http://acme.example"), ("--odoo-url", "acme.example"),
    ("--odoo-url", "https://user:secret@acme.example"), ("--odoo-db", "a\nb"),
    ("--odoo-user", "a\u{0}b"), ("--odoo-key", "0123456789abcdef"), ("--odoo-project", "0"),
    ("--odoo-project", "Sales"), ("--odoo-notes", "maybe"),
    ("--odoo-links", "yes"), ("--odoo-pdf", "1"), ("--odoo-pdf-limit", "0"),
    ("--odoo-pdf-limit", "10241"), ("--odoo-link-hosts", "https://acme.example"),
    ("--odoo-link-hosts", ""),
  ])
  func `a wrong field is named`(_ field: String, _ value: String) {
    let (found, fields) = books { form in
      switch field {
      case "--books": form.kind = value
      case "--odoo-url": form.url = value
      case "--odoo-db": form.database = value
      case "--odoo-user": form.user = value
      case "--odoo-key": form.key = value
      case "--odoo-project": form.project = value
      case "--odoo-links": form.links = value
      case "--odoo-pdf": form.pdf = value
      case "--odoo-pdf-limit": form.pdfLimit = value
      case "--odoo-link-hosts": form.linkHosts = value
      default: form.notes = value
      }
    }
    #expect(found == nil)
    #expect(fields == [field])
  }

  @Test func `a change of books is told field by field`() {
    let changes = OrgBooks.ledger.changes(to: OrgBooks(.odoo, url: "https://acme.example"))
    #expect(changes.map(\.field) == ["books", "odoo_url"])
    #expect(changes.map(\.change) == ["ledger -> odoo", "none -> https://acme.example"])
  }
}
