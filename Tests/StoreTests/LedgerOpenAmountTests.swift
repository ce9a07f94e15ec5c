import ActionProtocol
import Engine
import Insights
import TestSupport
import Testing

@Suite("Open amounts")
struct LedgerOpenAmountTests {
  @Test(arguments: [
    ([] as [LedgerRow], "100.00", "not_paid"),
    ([.paid("P1", 40_00, on: "2026-11-02")], "60.00", "partial"),
    ([.paid("P1", 100_00, on: "2026-11-02")], "0.00", "paid"),
    ([.paid("P1", 110_00, on: "2026-11-02")], "-10.00", "paid"),
    ([.credited("G1", 100_00, on: "2026-11-02")], "0.00", "paid"),
    (
      [.paid("P1", 40_00, on: "2026-11-02"), .paid("P2", -40_00, on: "2026-11-05")], "100.00",
      "not_paid"
    ),
    ([.credited("G1", -20_00, on: "2026-11-02")], "120.00", "not_paid"),
    (
      [.credited("G1", -20_00, on: "2026-11-02"), .paid("P1", 10_00, on: "2026-11-02")], "110.00",
      "partial"
    ),
    (
      [.paid("P1", 40_00, on: "2026-11-02"), .paid("P1", 30_00, on: "2026-11-02")], "70.00",
      "partial"
    ),
  ])
  func `are the total less what settled it`(
    settlements: [LedgerRow], residual: String, state: String
  ) async throws {
    let ledger = try await LedgerFixture()
    try await ledger.put([.acme(), .bill()] + settlements)
    #expect(try await ledger.invoice("amount_residual") == .string(residual))
    #expect(try await ledger.invoice("payment_state") == .string(state))
  }

  @Test func `a charge raises the total from its day on`() async throws {
    let ledger = try await LedgerFixture()
    try await ledger.put([.acme(), .bill(), .credited("G1", -20_00, on: "2026-11-05")])
    #expect(try await ledger.invoice("amount_total") == "120.00")
    let before = try await ledger.books("2026-11-04").invoices.first
    #expect(before?.total == euros(100_00) && before?.open == euros(100_00))
    let after = try await ledger.books("2026-11-05").invoices.first
    #expect(after?.total == euros(120_00) && after?.open == euros(120_00))
  }

  @Test func `a payment moved to another invoice changes both`() async throws {
    let ledger = try await LedgerFixture()
    try await ledger.put([
      .acme(), .bill("INV-1"), .bill("INV-2"), .paid("P1", 40_00, on: "2026-11-02"),
      .paid("P1", 40_00, on: "2026-11-02", invoice: "INV-2"),
    ])
    #expect(try await ledger.books().invoices.map(\.open) == [euros(100_00), euros(60_00)])
  }

  /// The statement of 15 November: what settled earlier is in it, what came later is not.
  @Test(arguments: [
    ("2026-11-10", "2026-11-15T09:00:00Z", "30.00"),
    ("2026-11-14", "2026-11-20T09:00:00Z", "30.00"),
    ("2026-11-15", "2026-11-15T08:00:00Z", "30.00"),
    ("2026-11-15", "2026-11-15T09:00:00Z", "30.00"),
    ("2026-11-15", "2026-11-15T09:00:00.001Z", "20.00"),
    ("2026-11-16", "2026-11-16T09:00:00Z", "20.00"),
  ])
  func `stated by the source are reduced by what came later`(
    paidOn: String, told: String, residual: String
  ) async throws {
    let ledger = try await LedgerFixture()
    try await ledger.put(
      [.acme(), .bill(open: 30_00)], asOf: instant("2026-11-15T09:00:00Z"))
    try await ledger.put([.paid("P1", 10_00, on: paidOn)], asOf: instant(told))
    #expect(try await ledger.invoice("amount_residual") == .string(residual))
  }

  @Test func `stated again replace what was stated before, also unchanged`() async throws {
    let ledger = try await LedgerFixture()
    let (first, second) = (instant("2026-11-15T09:00:00Z"), instant("2026-11-18T09:00:00Z"))
    try await ledger.put([.acme(), .bill(open: 30_00)], asOf: first)
    try await ledger.put(
      [.paid("P1", 10_00, on: "2026-11-16")], asOf: instant("2026-11-16T09:00:00Z"))
    #expect(try await ledger.invoice("amount_residual") == "20.00")
    let again = try await ledger.put([.bill(open: 30_00)], asOf: second)
    #expect(again.map(\.word) == ["unchanged"])
    #expect(try await ledger.invoice("amount_residual") == "30.00")
    let paid = try await ledger.put([.paid("P1", 10_00, on: "2026-11-16")], asOf: second)
    #expect(paid.map(\.word) == ["unchanged"])
    #expect(try await ledger.invoice("amount_residual") == "30.00")
  }

  @Test func `the day of a statement is the org's`() async throws {
    let ledger = try await LedgerFixture(zone: "America/Los_Angeles")
    // 03:00 UTC on the 16th is still the 15th in Los Angeles.
    try await ledger.put([.acme(), .bill(open: 30_00)], asOf: instant("2026-11-16T03:00:00Z"))
    try await ledger.put(
      [.paid("P1", 10_00, on: "2026-11-16")], asOf: instant("2026-11-16T20:00:00Z"))
    #expect(try await ledger.invoice("amount_residual") == "20.00")
  }

  @Test(arguments: [1, 2, 3, 20_261_122, 0xDEAD_BEEF] as [UInt64])
  func `do not depend on the order of imports`(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let settlements = (0..<12).map { index -> LedgerRow in
      let amount = Int64.random(in: -20_00...60_00, using: &random)
      let day = "2026-11-\(String(Int.random(in: 10...21, using: &random)))"
      let invoice = "INV-\(Int.random(in: 1...3, using: &random))"
      return index.isMultiple(of: 3)
        ? .credited("G\(index)", amount, on: day, invoice: invoice)
        : .paid("P\(index)", amount, on: day, invoice: invoice)
    }
    let invoices = (1...3).map { LedgerRow.bill("INV-\($0)", Int64($0) * 100_00) }
    var expected: [[Money]] = []
    for round in 0..<3 {
      let ledger = try await LedgerFixture()
      try await ledger.put([.acme()])
      var rest =
        round == 0 ? invoices + settlements : (invoices + settlements).shuffled(using: &random)
      // What was refused because its invoice was not there yet is imported again.
      while !rest.isEmpty {
        let answers = try await ledger.put(rest)
        rest = zip(rest, answers).filter { $0.1.word.hasPrefix("rejected") }.map(\.0)
      }
      try await ledger.put(invoices.shuffled(using: &random))
      var answer: [[Money]] = []
      for day in ["2026-11-12", "2026-11-17", "2026-11-22"] {
        answer.append(
          try await ledger.books(day).invoices.sorted { $0.number < $1.number }.map(\.open))
      }
      if round == 0 { expected = answer }
      #expect(answer == expected, "seed \(seed)")
    }
  }

  @Test(arguments: [1, 2, 3, 20_261_122, 0xDEAD_BEEF] as [UInt64])
  func `kept with the invoice are those that the history gives`(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let ledger = try await LedgerFixture()
    try await ledger.put([.acme()])
    for step in 0..<30 {
      let asOf = Instant(milliseconds: ledger.now.milliseconds + Int64(step) * 1000 - 86_400_000)
      let number = "INV-\(Int.random(in: 1...2, using: &random))"
      let open = Bool.random(using: &random) ? Int64.random(in: 0...100_00, using: &random) : nil
      let day = "2026-11-\(Int.random(in: 18...21, using: &random))"
      let amount = Int64.random(in: -10_00...30_00, using: &random)
      let row: LedgerRow =
        switch Int.random(in: 0...2, using: &random) {
        case 0: .bill(number, open: open)
        case 1: .paid("P\(step % 5)", amount, on: day, invoice: number)
        default: .credited("G\(step % 5)", amount, on: day, invoice: number)
        }
      try await ledger.put([row], asOf: asOf)
      // 22 November is today: the kept amounts. The 21st is over, and nothing happened since.
      let (kept, summed) = (
        try await ledger.books("2026-11-22"), try await ledger.books("2026-11-21")
      )
      #expect(kept.invoices.map(\.open) == summed.invoices.map(\.open), "seed \(seed)")
      #expect(kept.invoices.map(\.total) == summed.invoices.map(\.total), "seed \(seed)")
    }
  }
}
