import Foundation
import Testing

/// Money, findings and briefings on the command line.
@Suite struct FinanceCommandTests {
  private static func house() async throws -> Binary {
    let binary = try Binary()
    let made = try await binary.run(
      "init", "--org", "acme", "--name", "Acme", "--country", "US", "--zone", "America/New_York",
      "--json")
    #expect(made.status == 0, "\(made.errors)")
    try binary.write("name\nBolt\n", to: "partners.csv")
    try binary.write(
      """
      number,partner,issued,due,total
      A-1,Bolt,2026-01-01,2026-01-31,1000.00
      A-2,Bolt,2026-01-02,2026-02-01,500.00

      """, to: "invoices.csv")
    try binary.write(
      "number,supplier,issued,due,total\nR-1,Steel,2026-01-03,2026-02-02,900.00\n", to: "bills.csv")
    try binary.write("account,date,balance\nMain,2026-05-30,120.00\n", to: "bank.csv")
    for (kind, file) in [
      ("partners", "partners.csv"), ("invoices", "invoices.csv"), ("bills", "bills.csv"),
      ("balances", "bank.csv"),
    ] {
      let taken = try await binary.run("import", kind, file)
      #expect(taken.status == 0, "\(taken.text)\(taken.errors)")
    }
    return binary
  }

  @Test func `what is there, owed and owing is shown, and what is missing is said`() async throws {
    let binary = try await Self.house()
    defer { binary.remove() }
    let shown = try await binary.run("analyze", "finance", "--as-of", "2026-05-31", "--json")
    let report = try shown.json()
    let usd = try #require((report["currencies"] as? [[String: Any]])?.first)
    func minor(_ key: String) -> Int? { (usd[key] as? [String: Any])?["minor_units"] as? Int }
    #expect(minor("cash") == 12_000)
    #expect(minor("working_capital") == 60_000 && minor("net_position") == 72_000)
    #expect(usd["dso_days"] is NSNull)
    let gaps = (usd["gaps"] as? [[String: Any]])?.compactMap { $0["kind"] as? String }
    #expect(gaps == ["only_open_items", "few_payments", "bills_of_now"])
    let alerts = (report["alerts"] as? [[String: Any]])?.compactMap { $0["kind"] as? String }
    #expect(alerts == ["high_overdue_receivables"])
    let text = try await binary.run("analyze", "finance", "--as-of", "2026-05-31").text
    #expect(text.contains("What is missing") && text.contains("1,500.00"))
  }

  @Test func `a dry run below analyze is one, and the day is the one that was given`() async throws
  {
    let binary = try await Self.house()
    defer { binary.remove() }
    let sales = try await binary.run(
      "analyze", "sales", "--as-of", "2026-05-31", "--dry-run", "--json")
    #expect(try sales.json()["dry_run"] as? Bool == true)
    #expect(try sales.json()["as_of"] as? String == "2026-05-31")
    let own = try await binary.run("analyze", "--as-of", "2026-05-31", "--dry-run", "--json")
    #expect(try own.json()["as_of"] as? String == "2026-05-31")
    #expect(try own.json()["dry_run"] as? Bool == true)
  }

  @Test func `a threshold is set, kept and taken back`() async throws {
    let binary = try await Self.house()
    defer { binary.remove() }
    let set = try await binary.run("org", "set", "--alert", "working_capital=1000", "--json")
    #expect((try set.json()["alerts"] as? [String: Any])?["working_capital"] as? Int == 1000)
    func kinds() async throws -> [String] {
      let shown = try await binary.run("analyze", "finance", "--as-of", "2026-05-31", "--json")
      return (try shown.json()["alerts"] as? [[String: Any]])?.compactMap { $0["kind"] as? String }
        ?? []
    }
    #expect(try await kinds().contains("negative_working_capital"))
    #expect(try await binary.run("org", "set", "--alert", "working_capital=standard").status == 0)
    #expect(try await !kinds().contains("negative_working_capital"))
    let wrong = try await binary.run("org", "set", "--alert", "runway_days=-1", "--json")
    #expect(wrong.status == 1 && wrong.text.contains("--alert"))
  }

  @Test func `findings are listed, acknowledged, put off and resolved`() async throws {
    let binary = try await Self.house()
    defer { binary.remove() }
    #expect(try await binary.run("finding", "list").text == "No findings.\n")
    #expect(try await binary.run("job", "run", "financial_analysis").status == 0)
    let listed = try await binary.run("finding", "list", "--json").json()
    let findings = try #require(listed["findings"] as? [[String: Any]])
    let kinds = findings.compactMap { $0["kind"] as? String }.sorted()
    #expect(kinds == ["customer_overdue", "high_overdue_receivables"])
    let number = String(try #require(findings.first?["number"] as? Int))
    #expect(try await binary.run("finding", "show", number).text.contains("first seen"))
    let known = try await binary.run("finding", "acknowledge", number, "--reason", "I know")
    #expect(known.text == "Finding \(number) is acknowledged.\n")
    #expect(try await binary.run("finding", "list", "--json").json()["count"] as? Int == 1)
    #expect(
      try await binary.run("finding", "list", "--holding", "--json").json()["count"] as? Int == 2)
    let snoozed = try await binary.run("finding", "snooze", number, "--days", "7")
    #expect(snoozed.text.contains("snoozed until"))
    #expect(try await binary.run("finding", "resolve", number).text.contains("resolved"))
    let unknown = try await binary.run("finding", "show", "99", "--json")
    #expect(try unknown.errorCode() == "finding.unknown")
    #expect(try await binary.run("finding", "snooze", number).status == 2)
  }

  @Test func `a briefing is kept by its job and shown`() async throws {
    let binary = try await Self.house()
    defer { binary.remove() }
    #expect(try await binary.run("briefing", "show").text.hasPrefix("None was kept."))
    #expect(try await binary.run("job", "run", "financial_analysis").status == 0)
    #expect(try await binary.run("job", "run", "briefing").status == 0)
    let shown = try await binary.run("briefing", "show", "--json").json()
    let briefing = try #require(shown["briefing"] as? [String: Any])
    let names = (briefing["sections"] as? [[String: Any]])?.compactMap { $0["name"] as? String }
    #expect(names?.contains("risks") == true && names?.contains("money") == true)
    #expect(try await binary.run("briefing", "show").text.contains("Risks"))
    #expect(try await binary.run("briefing", "show", "--now").status == 0)
    #expect(try await binary.run("briefing", "list").text.contains("morning"))
  }
}
