import ActionProtocol
import Engine
import Testing

@testable import Connectors

@Suite("Bills and balances of ledger files")
struct LedgerMoneyRowTests {
  @Test func `a bill is known by supplier and number, and a paid one has nothing open`() throws {
    let text = """
      Bill number,Supplier,Bill date,Due date,Total,Status
      R-7,Steel,2026-01-02,2026-02-01,120.50,open
      R-7,Wood,2026-01-03,2026-02-02,80.00,paid
      """
    let rows = try lines(of: text, .bills).compactMap(\.row)
    guard case .bill(let first)? = rows.first, case .bill(let second)? = rows.last else {
      Issue.record("no bills: \(rows)")
      return
    }
    #expect(first.externalID == "Steel/R-7" && second.externalID == "Wood/R-7")
    #expect(first.total.minorUnits == 12_050 && first.open == nil)
    #expect(first.dueOn?.iso == "2026-02-01")
    #expect(second.open?.minorUnits == 0)
  }

  @Test func `a balance is known by account, currency and day, and may be below zero`() throws {
    let text = """
      Account;Closing balance;Statement date;Currency
      Main;-12,50;2026-03-31;EUR
      """
    let rows = try lines(of: text, .balances).compactMap(\.row)
    guard case .balance(let balance)? = rows.first else {
      Issue.record("no balance: \(rows)")
      return
    }
    #expect(balance.externalID == "Main/EUR/2026-03-31")
    #expect(balance.amount.minorUnits == -1_250 && balance.amount.currency.code == "EUR")
  }

  @Test func `what is needed and empty is named`() throws {
    let found = try lines(of: "account,date,amount\n,2026-01-01,\n", .balances)
    guard case .rejected(let problems)? = found.first else {
      Issue.record("taken: \(found)")
      return
    }
    #expect(problems.map(\.column) == ["account", "amount"])
  }
}
