import ArgumentParser

/// Where an organisation's books are.
struct BooksOptions: ParsableArguments {
  @Option(
    name: .long,
    help:
      "Which books are asked and written to: ledger (imported files) or odoo (default: ledger).",
    completion: .list(["ledger", "odoo"]))
  var books: String?

  @Option(name: .customLong("odoo-url"), help: "Its Odoo, or none (default: ODOO_URL).")
  var odooURL: String?

  @Option(
    name: .customLong("odoo-db"), help: "The database there, or none (default: ODOO_DB).")
  var odooDB: String?

  @Option(
    name: .customLong("odoo-user"),
    help: "The login that AIOM works as, or none (default: ODOO_USER).")
  var odooUser: String?

  @Option(
    name: .customLong("odoo-key"),
    help: "Where that user's API key is: env:NAME or file:PATH (default: env:ODOO_API_KEY).")
  var odooKey: String?

  @Option(
    name: .customLong("odoo-project"),
    help: "The id of the project of tasks that name none, or none (default: none).")
  var odooProject: String?

  @Option(
    name: .customLong("odoo-notes"),
    help:
      "Whether a sent reminder leaves an internal note on its invoices: on or off (default: on).",
    completion: .list(["on", "off"]))
  var odooNotes: String?

  @Option(
    name: .customLong("odoo-links"),
    help: "Whether reminders link the invoice in the customer's portal: on or off (default: off).",
    completion: .list(["on", "off"]))
  var odooLinks: String?

  @Option(
    name: .customLong("odoo-pdf"),
    help: "Whether reminders carry the invoice as a PDF: on or off (default: off).",
    completion: .list(["on", "off"]))
  var odooPDF: String?

  @Option(
    name: .customLong("odoo-pdf-limit"),
    help: "The largest such PDF in KiB, 1 to 10240 (default: 2048).")
  var odooPDFLimit: String?

  @Option(
    name: .customLong("odoo-link-hosts"),
    help: "The hosts that links may lead to, by commas, or none: the Odoo's own (default: none).")
  var odooLinkHosts: String?
}
