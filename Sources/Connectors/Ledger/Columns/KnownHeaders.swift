import Engine

/// The headers by which a field is recognised without a mapping, best first. English and German as
/// exports write them; names that mean different things in different programs are left out.
enum KnownHeaders {
  static func names(of field: LedgerField, in kind: LedgerKind) -> [HeaderName] {
    [HeaderName(field.rawValue)] + (special[kind]?[field] ?? []) + (general[field] ?? [])
  }

  private static let general: [LedgerField: [HeaderName]] = [
    .externalID: ["id", "external id", "key", "uuid"],
    .email: ["e-mail", "email address", "emailaddress", "mail", "E-Mail-Adresse"],
    .phone: ["phone number", "telephone", "tel", "mobile", "Telefon", "Telefonnummer"],
    .country: ["country code", "Land", "Ländercode"],
    .zone: ["time zone", "timezone", "tz", "Zeitzone"],
    .language: ["lang", "locale", "Sprache"],
    .active: ["is active", "aktiv"],
    .blacklisted: ["is blacklisted", "opted out", "opt out", "do not contact", "unsubscribed"],
    .neverRemind: ["no reminders", "do not remind", "Mahnsperre"],
    .partner: [
      "customer", "customer name", "client", "client name", "company", "contact name", "account",
      "partner name", "Kunde", "Kundenname", "Debitor", "customer id", "partner id", "Kundennummer",
    ],
    .role: ["function", "position", "job title", "Funktion"],
    .currency: ["currency code", "ccy", "Währung", "WKZ"],
    .invoice: [
      "invoice number", "invoice no", "invoice id", "invoice ref", "applied to", "Rechnung",
      "Rechnungsnummer",
    ],
    .stage: ["deal stage", "Phase", "column"],
    .project: ["project name", "Projekt"],
    .reason: ["dispute reason", "description", "comment", "Grund"],
    .priority: ["Priorität"],
    .salesperson: [
      "sales person", "sales rep", "sales representative", "account manager", "account owner",
      "deal owner", "opportunity owner", "sales agent", "user_id", "Vertriebsmitarbeiter",
      "Verkäufer", "Kundenbetreuer",
    ],
  ]

  private static let special: [LedgerKind: [LedgerField: [HeaderName]]] = [
    .partners: [
      .externalID: [
        "partner id", "customer id", "client id", "account number", "customer number",
        "Kundennummer", "Debitorennummer",
      ],
      .name: [
        "partner", "partner name", "customer", "customer name", "company", "company name",
        "account name", "display name", "contact name", "Kunde", "Firma", "Firmenname",
      ],
    ],
    .contacts: [
      .externalID: ["contact id"], .name: ["contact", "contact name", "full name", "person"],
    ],
    .invoices: [
      .externalID: ["invoice id"],
      .number: [
        "invoice number", "invoice no", "invoice", "invoice num", "num", "no", "document number",
        "Rechnungsnummer", "Rechnungsnr", "Rechnung", "Belegnummer",
      ],
      .issued: [
        "issued on", "issue date", "invoice date", "date", "Rechnungsdatum", "Belegdatum",
      ],
      .due: ["due on", "due date", "payment due", "Fälligkeit", "Fälligkeitsdatum", "fällig am"],
      .total: [
        "total amount", "invoice total", "amount", "gross", "gross amount", "Bruttobetrag",
        "Rechnungsbetrag", "Betrag",
      ],
      .open: [
        "open amount", "amount due", "balance", "open balance", "balance due", "outstanding",
        "amount outstanding", "residual", "offen", "offener Betrag", "Saldo",
      ],
      .state: ["status", "invoice status"],
      .type: ["transaction type", "document type", "Belegart"],
    ],
    .payments: [
      .externalID: ["payment id", "payment number", "payment no", "receipt number", "reference"],
      .amount: ["payment amount", "amount paid", "paid", "received", "Betrag", "Zahlbetrag"],
      .date: ["payment date", "paid on", "received on", "Zahlungsdatum", "Datum"],
    ],
    .credits: [
      .externalID: [
        "credit id", "credit note number", "credit note", "credit memo", "Gutschriftsnummer",
      ],
      .amount: ["credit amount", "total", "Betrag"],
      .date: ["credit date", "issued on", "Datum"],
    ],
    .disputes: [
      .externalID: ["dispute id", "case", "case id"],
      .opened: ["opened on", "opened at", "date", "dispute date"],
      .closed: ["closed on", "closed at", "resolved", "resolved on"],
    ],
    .deals: [
      .externalID: ["deal id", "opportunity id"],
      .name: ["deal", "deal name", "opportunity", "opportunity name", "title"],
      .value: ["amount", "deal value", "expected revenue", "close value"],
      .expectedClose: ["close date", "expected close date", "closing date"],
      .lastActivity: ["last activity date", "last contacted", "last modified"],
      .state: ["status", "outcome"],
      .stageSince: ["stage entered", "stage entered on", "last stage change", "in stage since"],
      .opened: [
        "opened on", "engage date", "created", "created on", "create date", "created date",
        "start date", "angelegt am",
      ],
      .closed: ["closed on", "closed date", "date closed", "geschlossen am"],
    ],
    .tasks: [
      .externalID: ["task id"],
      .name: ["task", "task name", "title", "subject"],
      .stage: ["status"],
      .deadline: ["due", "due date", "due on"],
      .done: ["is done", "completed", "closed", "is closed"],
    ],
    .bills: [
      .externalID: ["bill id"],
      .number: [
        "bill number", "bill no", "bill", "invoice number", "invoice no", "num", "no",
        "document number", "Rechnungsnummer", "Belegnummer",
      ],
      .partner: [
        "supplier", "supplier name", "vendor", "vendor name", "payee", "Lieferant", "Kreditor",
      ],
      .issued: ["issued on", "bill date", "invoice date", "date", "Rechnungsdatum", "Belegdatum"],
      .due: ["due on", "due date", "payment due", "Fälligkeit", "Fälligkeitsdatum", "fällig am"],
      .total: ["total amount", "bill total", "amount", "gross", "Bruttobetrag", "Betrag"],
      .open: [
        "open amount", "amount due", "balance", "open balance", "balance due", "outstanding",
        "residual", "offen", "offener Betrag", "Saldo",
      ],
      .state: ["status", "bill status"],
    ],
    .balances: [
      .externalID: ["statement id"],
      .account: ["account name", "bank account", "bank", "iban", "Konto", "Bankkonto"],
      .date: ["balance date", "statement date", "as of", "Datum", "Buchungstag"],
      .amount: ["balance", "closing balance", "ending balance", "Saldo", "Kontostand", "Betrag"],
    ],
  ]
}
