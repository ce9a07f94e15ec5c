import ActionProtocol
import Engine
import TestSupport

/// Books made up by a seed, as rows for the ledger and as the foreign program reads them.
struct RandomBooks {
  struct Invoice: Encodable, Sendable {
    var partner: Int
    var currency: String
    var issued: Int
    var due: Int?
    var total: Int64
    var paid: [[Int64]] = []
    var credited: [[Int64]] = []
    var disputed = false

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Keys.self)
      try container.encode(partner, forKey: .partner)
      try container.encode(currency, forKey: .currency)
      try container.encode(issued, forKey: .issued)
      try container.encode(due, forKey: .due)  // null where there is none
      try container.encode(total, forKey: .total)
      try container.encode(paid, forKey: .paid)
      try container.encode(credited, forKey: .credited)
      try container.encode(disputed, forKey: .disputed)
    }

    private enum Keys: CodingKey {
      case partner, currency, issued, due, total, paid, credited, disputed
    }
  }

  struct Bill: Encodable, Sendable {
    var currency: String
    var issued: Int
    var due: Int
    var total: Int64
    var open: Int64
  }

  let today: LocalDate
  private(set) var rows: [LedgerRow] = []
  private(set) var invoices: [Invoice] = []
  private(set) var bills: [Bill] = []
  private var unallocated: [(currency: String, day: Int, amount: Int64)] = []
  private var balances: [(account: String, currency: String, day: Int, amount: Int64)] = []
  private var generator: SeededGenerator
  private var settlements = 0

  init(seed: UInt64, today: LocalDate) {
    self.today = today
    generator = SeededGenerator(seed: seed)
    for partner in 1...9 {
      rows.append(.partner(PartnerRow(externalID: "P\(partner)", name: "Partner \(partner)")))
    }
    let history = number(20...480)
    for index in 0..<number(60...160) { addInvoice(index, history) }
    for index in 0..<number(0...30) { addBill(index, history) }
    for index in 0..<number(0...6) { addBalance(index) }
    for _ in 0..<number(0...4) { addUnallocated() }
  }

  /// The books of a day as the foreign program reads them.
  func question(on day: LocalDate) -> Question {
    Question(
      day: day.epochDay, invoices: invoices, bills: bills,
      unallocated: unallocated.map {
        [.text($0.currency), .number(Int64($0.day)), .number($0.amount)]
      },
      balances: balances.map {
        [.text($0.account), .text($0.currency), .number(Int64($0.day)), .number($0.amount)]
      })
  }

  struct Question: Encodable, Sendable {
    var day: Int
    var invoices: [Invoice]
    var bills: [Bill]
    var unallocated: [[Cell]]
    var balances: [[Cell]]
  }

  enum Cell: Encodable, Sendable {
    case text(String)
    case number(Int64)

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .text(let text): try container.encode(text)
      case .number(let number): try container.encode(number)
      }
    }
  }

  // MARK: - Making them up

  private mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &generator)
  }

  private mutating func chance(_ percent: Int) -> Bool { number(1...100) <= percent }

  private mutating func code() -> String { chance(75) ? "USD" : "EUR" }

  private func money(_ amount: Int64, _ code: String) -> Money {
    Money(minorUnits: amount, currency: Currency(code: code) ?? Books.usd)
  }

  private mutating func addInvoice(_ index: Int, _ history: Int) {
    let now = today.epochDay
    var invoice = Invoice(
      partner: number(1...9), currency: code(), issued: now - number(0...history),
      total: Int64(number(1...2_000_000)))
    if chance(95) { invoice.due = invoice.issued + number(0...60) }
    if chance(10) { invoice.credited.append([Int64(day(after: invoice.issued)), -500]) }
    if chance(10) {
      invoice.credited.append([Int64(day(after: invoice.issued)), invoice.total / 4])
    }
    pay(&invoice)
    invoice.disputed = chance(8)
    let id = "I\(index)"
    rows.append(
      .invoice(
        InvoiceRow(
          externalID: id, number: id, partner: "P\(invoice.partner)",
          issuedOn: LocalDate(epochDay: invoice.issued),
          dueOn: invoice.due.map { LocalDate(epochDay: $0) },
          total: money(invoice.total, invoice.currency))))
    settle(id, invoice)
    if invoice.disputed {
      rows.append(
        .dispute(
          DisputeRow(
            externalID: id, invoice: id, openedOn: LocalDate(epochDay: invoice.issued))))
    }
    invoices.append(invoice)
  }

  /// Most pay in full, some in parts, some too much.
  private mutating func pay(_ invoice: inout Invoice) {
    guard chance(65) else { return }
    let owed = invoice.total - invoice.credited.reduce(0) { $0 + $1[1] }
    let part = chance(30) ? owed / 3 : owed
    invoice.paid.append([Int64(day(after: invoice.issued)), part])
    if part < owed, chance(60) {
      invoice.paid.append([Int64(day(after: invoice.issued)), owed - part])
    }
    if chance(3) { invoice.paid.append([Int64(day(after: invoice.issued)), 700]) }
  }

  private mutating func day(after first: Int) -> Int {
    min(today.epochDay, first + number(0...110))
  }

  private mutating func settle(_ id: String, _ invoice: Invoice) {
    for (entries, isCredit) in [(invoice.paid, false), (invoice.credited, true)] {
      for entry in entries {
        settlements += 1
        let row = SettlementRow(
          externalID: "S\(settlements)", invoice: id, partner: nil,
          amount: money(entry[1], invoice.currency), on: LocalDate(epochDay: Int(entry[0])))
        rows.append(isCredit ? .credit(row) : .payment(row))
      }
    }
  }

  private mutating func addBill(_ index: Int, _ history: Int) {
    let issued = today.epochDay - number(0...history)
    let total = Int64(number(0...900_000))
    let open = chance(50) ? 0 : chance(30) ? total / 2 : total
    let bill = Bill(
      currency: code(), issued: issued, due: issued + number(0...120), total: total, open: open)
    rows.append(
      .bill(
        BillRow(
          externalID: "B\(index)", number: "B\(index)", supplier: "Supplier",
          issuedOn: LocalDate(epochDay: issued), dueOn: LocalDate(epochDay: bill.due),
          total: money(total, bill.currency), open: money(open, bill.currency))))
    bills.append(bill)
  }

  private mutating func addBalance(_ index: Int) {
    let (account, currency) = ("A\(number(1...2))", code())
    let (day, amount) = (today.epochDay - number(0...70), Int64(number(-200_000...9_000_000)))
    balances.append((account, currency, day, amount))
    rows.append(
      .balance(
        BalanceRow(
          externalID: "X\(index)", account: account, on: LocalDate(epochDay: day),
          amount: money(amount, currency))))
  }

  private mutating func addUnallocated() {
    let (currency, day) = (code(), today.epochDay - number(0...200))
    let amount = Int64(number(1...90_000))
    settlements += 1
    unallocated.append((currency, day, amount))
    rows.append(
      .payment(
        SettlementRow(
          externalID: "S\(settlements)", invoice: nil, partner: "P\(number(1...9))",
          amount: money(amount, currency), on: LocalDate(epochDay: day))))
  }
}
