import Foundation
import Testing

/// What a new user stumbled over.
@Suite struct FirstDayTests {
  private func withAcme(_ body: (Binary) async throws -> Void) async throws {
    // The discard port: nothing listens there.
    let binary = try Binary(["SMTP2GO_URL": "http://127.0.0.1:9/v3"])
    defer { binary.remove() }
    let done = try await binary.run(
      "init", "--org", "acme", "--name", "Acme Corp", "--country", "US", "--window", "00:00-24:00",
      "--days", "1-7", "--undo-seconds", "0", "--sender", "Acme <billing@acme.example>")
    #expect(done.status == 0, "\(done.errors)")
    try await body(binary)
  }

  private func actions(_ binary: Binary) async throws -> [[String: Any]] {
    let listed = try await binary.run("action", "list", "--json")
    return try #require(try listed.json()["actions"] as? [[String: Any]])
  }

  @Test func `nothing is proposed from a day that has not come`() async throws {
    try await withAcme { binary in
      let output = try await binary.run("analyze", "--as-of", "2999-12-31", "--json")
      #expect(output.status == 1)
      #expect(try output.errorCode() == "analyze.future")
      #expect(
        try await binary.run("analyze", "--as-of", "2999-12-31", "--dry-run", "--json").status == 0)
    }
  }

  @Test func `config names a line of .env that sets nothing`() async throws {
    let binary = try Binary()
    defer { binary.remove() }
    try binary.write("AIOM_WORKERS=2\nSMTP2GO_API_KEY: api-PLANTED\n", to: ".env")
    let output = try await binary.run("config")
    #expect(output.status == 0)
    #expect(output.errors.contains(".env, line 2"))
    #expect(!(output.text + output.errors).contains("PLANTED"))
  }

  @Test func `a test message without a word stores nothing`() async throws {
    try await withAcme { binary in
      let asked = try await binary.run(
        "smtp2go", "send-email", "--to", "me@mycompany.com", "--json")
      #expect(asked.status == 2)
      #expect(try asked.errorCode() == "test.not_confirmed")
      #expect(try await actions(binary).isEmpty)
    }
  }

  @Test func `a second test message names the one that is not finished`() async throws {
    try await withAcme { binary in
      let first = try await binary.run(
        "smtp2go", "send-email", "--to", "me@mycompany.com", "--yes", "--json")
      #expect(first.status == 1)
      let id = try #require(try await actions(binary).first?["action_id"] as? String)
      let second = try await binary.run(
        "smtp2go", "send-email", "--to", "me@mycompany.com", "--yes", "--json")
      #expect(second.status == 4)
      let error = try #require(try second.json()["error"] as? [String: Any])
      #expect(error["code"] as? String == "test.not_new")
      #expect(error["action_id"] as? String == id)
      #expect(try await binary.run("action", "withdraw", id, "--reason", "test").status == 0)
    }
  }
}
