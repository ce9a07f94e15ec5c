import Testing

@Suite("aiom odoo sync")
struct OdooSyncCommandTests {
  @Test func `an organisation with a ledger of its own takes nothing over`() async throws {
    let binary = try await JobCommandTests.house()
    defer { binary.remove() }
    let refused = try await binary.run("odoo", "sync", "--json")
    #expect(refused.status == 3)
    #expect((refused.text + refused.errors).contains("sync.books_are_ledger"))
    let run = try await binary.run("job", "run", "sync", "--json")
    #expect(run.status == 0)
  }

  @Test func `settings are set, shown and in the audit trail`() async throws {
    let binary = try await JobCommandTests.house()
    defer { binary.remove() }
    let set = try await binary.run(
      "odoo", "sync-set", "--company", "3", "--company", "1", "--never-remind-tag", "none",
      "--answer-pause-hours", "48", "--json")
    #expect(set.status == 0)
    let settings = try #require(try set.json()["settings"] as? [String: Any])
    #expect(settings["companies"] as? [Int] == [1, 3])
    #expect(settings["never_remind_tags"] as? [String] == [])
    #expect(settings["answer_pause_minutes"] as? Int == 2880)
    let shown = try await binary.run("odoo", "sync-set")
    #expect(shown.text.contains("for 48 h"))
    #expect(shown.text.contains("never read whole"))
    let audit = try await binary.run("audit", "list", "--json")
    #expect(audit.text.contains("sync.set"))
    let again = try await binary.run("odoo", "sync-set", "--answer-pause-hours", "48", "--json")
    #expect(try again.json()["changed"] as? Bool == false)
    let wrong = try await binary.run("odoo", "sync-set", "--answer-pause-hours", "2161")
    #expect(wrong.status != 0)
    #expect(wrong.errors.contains("90 days"))
  }
}
