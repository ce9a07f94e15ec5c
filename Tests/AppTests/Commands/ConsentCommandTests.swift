import Foundation
import Testing

@Suite struct ConsentCommandTests {
  @Test func `consents are recorded, listed, withdrawn and taken over`() async throws {
    let binary = try Binary()
    defer { binary.remove() }
    let made = try await binary.run(
      "init", "--org", "acme", "--name", "Acme Corp", "--country", "US", "--sender",
      "Acme <billing@acme.example>", "--consent", "both", "--budget-sms", "5")
    #expect(made.status == 0, "\(made.errors)")
    let added = try await binary.run(
      "consent", "add", "ann@x.example", "--basis", "express", "--evidence", "form:1", "--reason",
      "web form", "--json")
    #expect(added.status == 0, "\(added.errors)")
    let consent = try #require(try added.json()["consent"] as? [String: Any])
    let id = try #require(consent["id"] as? String)
    #expect(consent["in_force"] as? Bool == true)
    #expect(try await binary.run("consent", "list").text.contains("ann@x.example"))
    try binary.write(
      "email,basis,obtained\nann@x.example,express,2099-01-01\nbob@x.example,implied,2026-01-01\n"
        + "cy@x.example,implied,2019-01-01\n",
      to: "consents.csv")
    let taken = try await binary.run(
      "consent", "import", "consents.csv", "--reason", "the shop", "--json")
    #expect(taken.status == 1, "\(taken.errors)")
    let report = try taken.json()
    let counts = try #require(report["counts"] as? [String: Any])
    #expect(counts["added"] as? Int == 1 && counts["ended"] as? Int == 1)
    let rejections = try #require(report["rejections"] as? [[String: Any]])
    #expect(rejections.map { $0["column"] as? String } == ["obtained_at"])
    let withdrawn = try await binary.run("consent", "withdraw", id, "--reason", "asked")
    #expect(withdrawn.status == 0, "\(withdrawn.errors)")
    let again = try await binary.run("consent", "withdraw", id, "--reason", "asked")
    #expect(again.status != 0 && again.errors.contains("aiom consent list"))
    let listed = try await binary.run("consent", "list", "--address", "ann@x.example", "--json")
    let all = try #require(try listed.json()["consents"] as? [[String: Any]])
    #expect(all.map { $0["in_force"] as? Bool } == [false])
    let domain = try await binary.run(
      "consent", "add", "x.example", "--basis", "express", "--reason", "asked")
    #expect(domain.status != 0 && domain.errors.contains("whole domain"))
    let audit = try await binary.run("audit", "list", "--json").text
    for kind in ["consent.recorded", "consent.withdrawn", "consents.imported"] {
      #expect(audit.contains(kind), "\(kind)")
    }
    #expect(!audit.contains("ann@x.example"))
  }

  @Test func `a changed budget is in the audit trail, and the month tells what is left`()
    async throws
  {
    let binary = try Binary()
    defer { binary.remove() }
    _ = try await binary.run(
      "init", "--org", "acme", "--name", "Acme Corp", "--country", "US", "--sender",
      "Acme <billing@acme.example>")
    let set = try await binary.run("org", "set", "--budget-email", "9", "--budget-sms", "2.50")
    #expect(set.status == 0, "\(set.errors)")
    #expect(set.text.contains("9 e-mails, SMS for 2.50"))
    let cost = try await binary.run("cost", "--offline", "--json")
    let budgets = try #require(try cost.json()["budgets"] as? [[String: Any]])
    #expect(budgets.map { $0["channel"] as? String } == ["email", "sms"])
    #expect(budgets.first?["limit"] as? Int == 9)
    #expect(budgets.last?["spent"] as? String == "0.00")
    let audit = try await binary.run("audit", "list", "--json").text
    #expect(audit.contains("none -> 9") && audit.contains("none -> 2.50"))
  }
}
