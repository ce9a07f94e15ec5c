import ActionProtocol

extension TemplateDefinition {
  /// Invented values for every name, to look at a template without records: lists have two entries, flags are
  /// off but the first tone.
  public var sampleValues: JSONObject { Self.values(variables) }

  private static func values(_ variables: [TemplateVariable]) -> JSONObject {
    var values = JSONObject()
    for variable in variables {
      switch variable.kind {
      case .text: values[variable.name] = .string(samples[variable.name] ?? "[\(variable.name)]")
      case .flag: values[variable.name] = .bool(on.contains(variable.name))
      case .list(let names):
        values[variable.name] = .array([.object(Self.values(names)), .object(Self.values(names))])
      }
    }
    return values
  }

  private static let on: Set<String> = ["is_friendly", "has_address", "has_last_contact"]

  private static let samples: [String: String] = [
    "company_name": "Harbor Books", "legal_name": "Harbor Books LLC", "line": "1 Pier Road",
    "customer_name": "Acme Corp", "contact_name": "Acme Corp", "assignee_name": "Ann Lee",
    "owner_name": "Ann Lee", "as_of": "March 4, 2026", "received_on": "March 4, 2026",
    "last_contact": "February 2, 2026", "count": "2", "invoice_number": "INV-2024-001",
    "number": "INV-2024-001", "days_overdue": "60", "total": "$5,200.00", "amount": "$2,600.00",
    "paid": "$1,000.00", "open": "$1,600.00", "remainder": "$3,200.00", "credit": "$100.00",
    "issued": "Dec 4, 2025", "due": "Jan 3, 2026", "deadline": "Jan 3, 2026",
    "link": "https://portal.example/my/invoices/1", "deal_name": "Hundred gates",
    "task_name": "Call the bank", "name": "Call the bank", "project": "Web site",
    "subject": "Our new opening hours", "text": "We are open longer from Monday on.",
  ]
}
