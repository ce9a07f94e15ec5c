import ActionProtocol

/// The values of an `invoice_reminder`, from the records alone.
enum ReminderValues {
  static func make(
    _ due: ReminderCase, company: CompanyProfile, asOf: LocalDate, formats: MessageFormats
  ) -> JSONObject {
    var values = SenderValues.make(company)
    let age = due.oldest.daysOverdue
    values["customer_name"] = .string(due.partner.name)
    values["as_of"] = .string(formats.longDate(asOf))
    values["is_single"] = .bool(due.invoices.count == 1)
    values["count"] = .string(String(due.invoices.count))
    values["invoice_number"] = .string(due.oldest.invoice.number)
    values["days_overdue"] = .string(String(age))
    values["is_one_day"] = .bool(age == 1)
    values["total"] = .string(formats.amount(due.open))
    for tone in ReminderTone.allCases {
      values["is_\(tone.rawValue)"] = .bool(due.level.tone == tone)
    }
    values["has_credit"] = .bool(due.credit.minorUnits > 0)
    if due.credit.minorUnits > 0 { values["credit"] = .string(formats.amount(due.credit)) }
    values["invoices"] = .array(due.invoices.map { row($0, formats) })
    let links = due.invoices.compactMap { overdue -> JSONValue? in
      guard let link = overdue.invoice.document?.link else { return nil }
      return ["number": .string(overdue.invoice.number), "link": .string(link)]
    }
    values["has_links"] = .bool(!links.isEmpty)
    values["links"] = .array(links)
    values["has_files"] = .bool(due.invoices.contains { $0.invoice.document?.file != nil })
    return values
  }

  private static func row(_ overdue: OverdueInvoice, _ formats: MessageFormats) -> JSONValue {
    .object([
      "number": .string(overdue.invoice.number),
      "issued": .string(overdue.invoice.issuedOn.map(formats.shortDate) ?? "–"),
      "due": .string(formats.shortDate(overdue.dueOn)),
      "days_overdue": .string(String(overdue.daysOverdue)),
      "amount": .string(formats.amount(overdue.invoice.open)),
    ])
  }
}
