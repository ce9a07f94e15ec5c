/// Where an org's books are kept, and how AIOM works on them there.
///
/// An address, database or user that is nil is the installation's own (`ODOO_URL`, `ODOO_DB`,
/// `ODOO_USER`).
public struct OrgBooks: Hashable, Sendable {
  /// Which books are asked before an action, and written to by it.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// The embedded ledger that files are imported into.
    case ledger
    /// An Odoo, read live in the moment of acting.
    case odoo
  }

  public var kind: Kind
  /// Such as `https://acme.odoo.com`.
  public var url: String?
  public var database: String?
  /// The login of the user that AIOM works as.
  public var user: String?
  /// Where that user's API key is found: `env:NAME` or `file:PATH`. Never the key itself.
  public var key: String
  /// The project of tasks that name none; nil: such tasks wait until one is chosen.
  public var project: Int64?
  /// Whether a sent reminder leaves an internal note on its invoices.
  public var notesReminders: Bool
  /// What of an invoice a reminder brings the customer.
  public var documents = DocumentSettings()

  public static let standardKey = "env:ODOO_API_KEY"
  /// The embedded ledger.
  public static let ledger = OrgBooks()

  public init(
    _ kind: Kind = .ledger, url: String? = nil, database: String? = nil, user: String? = nil,
    key: String = OrgBooks.standardKey, project: Int64? = nil, notesReminders: Bool = true
  ) {
    self.kind = kind
    self.url = url
    self.database = database
    self.user = user
    self.key = key
    self.project = project
    self.notesReminders = notesReminders
  }
}
