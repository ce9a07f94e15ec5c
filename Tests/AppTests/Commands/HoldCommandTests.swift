import Foundation
import Testing

@Suite struct HoldCommandTests {
  @Test func `an invoice is put on hold, not proposed, and proposed again after its end`()
    async throws
  {
    let binary = try await Self.company()
    defer { binary.remove() }
    _ = try await binary.run("analyze")
    let added = try await binary.run(
      "hold", "add", "dispute", "--invoice", "INV-1", "--reason", "goods damaged", "--json")
    #expect(added.status == 0, "\(added.errors)")
    let hold = try #require(try added.json()["hold"] as? [String: Any])
    let id = try #require(hold["id"] as? String)
    #expect((try added.json()["changed_actions"] as? [Any])?.count == 1)
    let listed = try await binary.run("hold", "list")
    #expect(listed.text.contains("INV-1") && listed.text.contains("goods damaged"))
    let analysis = try await binary.run("analyze", "--json")
    let skipped = try #require(try analysis.json()["skipped"] as? [[String: Any]])
    #expect(skipped.map { $0["code"] as? String } == ["every_invoice_on_hold"])
    #expect((skipped.first?["explanation"] as? String)?.contains("goods damaged") == true)
    let removed = try await binary.run("hold", "remove", id, "--reason", "settled")
    #expect(removed.status == 0, "\(removed.errors)")
    let again = try await binary.run("hold", "remove", id, "--reason", "settled")
    #expect(again.status != 0 && again.errors.contains("aiom hold list"))
    let after = try await binary.run("analyze", "--json")
    #expect((try after.json()["proposals"] as? [Any])?.count == 1)
    let all = try await binary.run("hold", "list", "--all", "--json")
    let holds = try #require(try all.json()["holds"] as? [[String: Any]])
    #expect(holds.map { $0["state"] as? String } == ["ended"])
    let audit = try await binary.run("audit", "list", "--json").text
    #expect(audit.contains("hold.added") && audit.contains("hold.ended"))
    #expect(!audit.contains("goods damaged"))
  }

  @Test func `a promise says what and by when, and wrong usage is told`() async throws {
    let binary = try await Self.company()
    defer { binary.remove() }
    let promise = try await binary.run(
      "hold", "add", "promise", "--customer", "Acme Corp", "--amount", "50", "--by", "2099-12-01",
      "--grace", "3", "--reason", "call", "--json")
    #expect(promise.status == 0, "\(promise.errors)")
    let hold = try #require(try promise.json()["hold"] as? [String: Any])
    #expect(hold["last_day"] as? String == "2099-12-04")
    #expect((hold["promise"] as? [String: Any])?["amount"] as? String == "50.00")
    for (arguments, words) in [
      (["promise", "--invoice", "INV-1", "--reason", "x"], "--amount"),
      (["dispute", "--invoice", "INV-1", "--amount", "5", "--reason", "x"], "of a promise"),
      (["dispute", "--reason", "x"], "--customer"),
      (["pause", "--invoice", "INV-1", "--reason", "x"], "last day"),
      (["dispute", "--invoice", "INV-9", "--reason", "x"], "no invoice"),
    ] {
      let refused = try await binary.run(["hold", "add"] + arguments)
      #expect(refused.status != 0 && refused.errors.contains(words), "\(refused.errors)")
    }
  }

  @Test func `how customers are reminded is set, shown and refused`() async throws {
    let binary = try await Self.company()
    defer { binary.remove() }
    let set = try await binary.run(
      "org", "set", "--ladder", "staged", "--remind-interval", "7", "--remind-minimum", "20",
      "--payments-age", "none", "--json")
    #expect(set.status == 0, "\(set.errors)")
    let shown = try await binary.run("org", "show", "--json")
    let reminders = try #require(try shown.json()["reminders"] as? [String: Any])
    #expect(reminders["interval_days"] as? Int == 7 && reminders["minimum_units"] as? Int == 20)
    #expect(reminders["payments_age_days"] is NSNull)
    #expect(try shown.json()["ladder"] as? [Int] == [1, 7, 14, 21, 30, 45])
    let refused = try await binary.run("org", "set", "--remind-interval", "91")
    #expect(refused.status != 0 && refused.errors.contains("--remind-interval"))
  }

  /// A company with one invoice that is long overdue.
  private static func company() async throws -> Binary {
    let binary = try Binary()
    _ = try await binary.run(
      "init", "--org", "acme", "--name", "Harbor Books", "--country", "US", "--sender",
      "Harbor <billing@harbor.example>")
    try binary.write(
      "external_id,name,email\nA,Acme Corp,billing@acme.example\n", to: "partners.csv")
    try binary.write(
      "external_id,number,partner,issued,due,total,currency\n"
        + "I1,INV-1,A,2026-01-01,2026-02-01,100.00,USD\n", to: "invoices.csv")
    for kind in ["partners", "invoices"] {
      let done = try await binary.run("import", kind, "\(kind).csv")
      #expect(done.status == 0, "\(done.errors)")
    }
    return binary
  }
}
