import Foundation
import Testing

@Suite struct SuppressionCommandTests {
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

  private func listed(
    _ binary: Binary, of address: String? = nil
  ) async throws -> [[String: Any]] {
    let output =
      if let address {
        try await binary.run("suppression", "list", "--json", "--address", address)
      } else {
        try await binary.run("suppression", "list", "--json")
      }
    return try #require(try output.json()["suppressions"] as? [[String: Any]])
  }

  @Test func `add, list, add again, remove`() async throws {
    try await withAcme { binary in
      let added = try await binary.run(
        "suppression", "add", "ann@mycompany.com", "--reason", "asked on the phone", "--json")
      #expect(added.status == 0)
      #expect(try added.json()["answer"] as? String == "added")
      let again = try await binary.run(
        "suppression", "add", "Ann+x@mycompany.com", "--reason", "again", "--json")
      #expect(try again.json()["answer"] as? String == "known")
      for address in ["mycompany.org", "+442079460958"] {
        let other = try await binary.run(
          "suppression", "add", address, "--days", "30", "--kind", "legal", "--scope", "marketing",
          "--reason", "a letter")
        #expect(other.status == 0, "\(other.errors)")
      }
      let all = try await listed(binary)
      #expect(
        all.map { $0["address"] as? String }
          == ["ann@mycompany.com", "mycompany.org", "+442079460958"])
      #expect(all.map { $0["channel"] as? String } == ["email", "email", "sms"])
      #expect(try await listed(binary, of: "bob@mycompany.org").count == 1)
      let table = try await binary.run("suppression", "list")
      #expect(table.text.contains("ann@mycompany.com"))
      #expect(table.text.contains("never read"))
      let id = try #require(all.first?["id"] as? String)
      let removed = try await binary.run("suppression", "remove", id, "--reason", "a mistake")
      #expect(removed.status == 0)
      #expect(try await listed(binary).count == 2)
      let gone = try await binary.run(
        "suppression", "remove", id, "--reason", "again", "--json")
      #expect(gone.status == 1)
      #expect(try gone.errorCode() == "suppression.unknown")
    }
  }

  @Test(arguments: ["not an address", "+12", "a@b@c", "one"])
  func `what is no address is refused`(_ text: String) async throws {
    try await withAcme { binary in
      let output = try await binary.run(
        "suppression", "add", text, "--reason", "a test", "--json")
      #expect(output.status == 1)
      #expect(try await listed(binary).isEmpty)
    }
  }

  @Test func `a provider that does not answer is named, and asked again later`() async throws {
    try await withAcme { binary in
      let output = try await binary.run("suppression", "sync", "--json")
      #expect(output.status == 1)
      let provider = try #require(try output.json()["provider"] as? [String: Any])
      #expect(provider["pull"] as? String != "ok")
      let shown = try await binary.run("suppression", "list")
      #expect(shown.text.contains("could not be read"))
    }
  }
}
