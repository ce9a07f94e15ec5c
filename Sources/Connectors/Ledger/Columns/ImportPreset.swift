import Engine

/// How a bookkeeping program writes its exports. docs/learning/importing.md says which column names
/// are certain and which are from memory.
public enum ImportPreset: String, CaseIterable, Sendable {
  case xero, quickbooks, sage, datev

  /// The program's headers for a field, before the general ones.
  func names(of field: LedgerField, in kind: LedgerKind) -> [HeaderName] {
    let table =
      switch self {
      case .xero: Self.xeroHeaders
      case .quickbooks: Self.quickbooksHeaders
      case .sage: Self.sageHeaders
      case .datev: Self.datevHeaders
      }
    return table[kind]?[field] ?? []
  }

  /// What the program's exports have in common where nothing else is said.
  var delimiter: UInt8? { self == .datev ? UInt8(ascii: ";") : nil }
  var encoding: TextEncoding? { self == .datev ? .windows1252 : nil }
  var dateFormat: DateFormat? { self == .datev ? .dayMonthYear : nil }
  var decimalMark: DecimalMark? { self == .datev ? .comma : nil }

  private typealias Headers = [LedgerKind: [LedgerField: [HeaderName]]]

  private static let xeroHeaders: Headers = [
    .partners: [
      .externalID: ["AccountNumber", "ContactName"], .name: ["ContactName"],
      .email: ["EmailAddress"], .phone: ["PhoneNumber"], .country: ["POCountry"],
    ],
    .invoices: [
      .number: ["InvoiceNumber"], .partner: ["ContactName"], .issued: ["InvoiceDate"],
      .due: ["DueDate"], .total: ["Total"], .open: ["InvoiceAmountDue"],
      .currency: ["Currency"], .state: ["Status"], .type: ["Type"],
    ],
  ]

  private static let quickbooksHeaders: Headers = [
    .partners: [
      .name: ["Customer full name", "Customer", "Name", "Display name"], .email: ["Email"],
      .phone: ["Phone numbers", "Phone"], .country: ["Billing country", "Country"],
    ],
    .invoices: [
      .number: ["Num", "No."], .partner: ["Customer full name", "Customer", "Name"],
      .issued: ["Date", "Transaction date"], .due: ["Due date"], .total: ["Amount"],
      .open: ["Open balance"], .type: ["Transaction type"], .state: ["Status"],
    ],
    .payments: [
      .externalID: ["Num", "No."], .partner: ["Customer full name", "Customer", "Name"],
      .amount: ["Amount"], .date: ["Date"],
    ],
  ]

  private static let sageHeaders: Headers = [
    .partners: [
      .externalID: ["Account Reference", "ACCOUNT_REF", "A/C"],
      .name: ["Account Name", "Customer Name", "Name"], .email: ["E-mail", "Email"],
      .phone: ["Telephone"], .country: ["Country", "CUST_COUNTRY_CODE"],
    ],
    .invoices: [
      .externalID: ["No", "Transaction Number"],
      .number: ["Invoice Number", "Invoice No", "Ref", "Reference"],
      .partner: ["Account Reference", "ACCOUNT_REF", "A/C", "Customer Name", "Customer"],
      .issued: ["Invoice Date", "Date"], .due: ["Due Date", "Date Due"],
      .total: ["Total", "Gross Amount", "Amount"],
      .open: ["Outstanding", "O/S", "Outstanding Amount"], .type: ["Type"], .state: ["Status"],
    ],
  ]

  private static let datevHeaders: Headers = [
    .partners: [
      .externalID: ["Konto", "Kontonummer"],
      .name: ["Name (Adressattyp Unternehmen)", "Kontobezeichnung", "Name"],
      .email: ["E-Mail"], .phone: ["Telefon"], .country: ["Land"],
    ],
    .invoices: [
      .number: ["Rechnungsnummer", "Rechnungs-Nr.", "Belegfeld 1"],
      .partner: ["Konto", "Kontonummer"], .issued: ["Datum", "Rechnungsdatum", "Belegdatum"],
      .due: ["Fälligkeit", "Fälligkeitsdatum"],
      .total: ["Sollbetrag", "Betrag Soll", "Rechnungsbetrag"],
      .open: ["Saldo", "Offener Betrag"], .currency: ["WKZ", "Währung"],
    ],
  ]
}
