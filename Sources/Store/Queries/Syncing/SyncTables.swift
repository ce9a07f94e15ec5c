extension SyncTable {
  static let partners = SyncTable(
    "partners",
    integers: [
      "parent_id", "is_active", "is_blacklisted", "never_remind", "is_disputed", "user_id",
      "gone_at",
    ],
    texts: ["kind", "name", "email", "phone", "country", "zone", "language", "role"])

  static let invoices = SyncTable(
    "invoices",
    integers: [
      "partner_id", "issued_on", "due_on", "total_minor", "stated_open_minor", "open_minor",
      "closed_on", "is_disputed", "company_id", "gone_at",
    ],
    texts: ["number", "currency", "state", "payment_state"], carried: ["stated_on"],
    fixed: [("never_remind", "0"), ("charges_minor", "0")])

  static let settlements = SyncTable(
    "settlements", integers: ["partner_id", "amount_minor", "settled_on"],
    texts: ["kind", "currency"], carried: ["known_since"])

  static let deals = SyncTable(
    "deals",
    integers: [
      "partner_id", "stage_id", "value_minor", "closes_on", "active_on", "user_id", "stage_since",
      "company_id", "gone_at", "opened_on", "closed_on",
    ],
    texts: ["name", "currency", "state"])

  static let tasks = SyncTable(
    "tasks",
    integers: [
      "project_id", "stage_id", "due_on", "partner_id", "user_id", "is_done", "gone_at",
    ],
    texts: ["name", "priority"], fixed: [("origin", "'source'")])
}
