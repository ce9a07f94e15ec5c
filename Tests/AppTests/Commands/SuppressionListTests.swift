import Foundation
import Testing

@Suite struct SuppressionListTests {
  private func withAcme(_ body: (Binary) async throws -> Void) async throws {
    let binary = try Binary()
    defer { binary.remove() }
    let done = try await binary.run(
      "init", "--org", "acme", "--name", "Acme Corp", "--country", "US", "--sender",
      "Acme <billing@acme.example>")
    #expect(done.status == 0, "\(done.errors)")
    try await body(binary)
  }

  @Test func `what is exported is imported again, and changes nothing`() async throws {
    try await withAcme { binary in
      try binary.write(
        "email,until,kind\r\nann@x.example,2036-01-01,legal\r\nx.example,,\r\n+16175550123,,stop\r\n"
          + "not an address,,\r\n", to: "list.csv")
      let first = try await binary.run(
        "suppression", "import", "list.csv", "--reason", "the old list", "--json")
      #expect(first.status == 1, "\(first.errors)")
      let report = try first.json()
      #expect((report["counts"] as? [String: Any])?["added"] as? Int == 3)
      let rejections = try #require(report["rejections"] as? [[String: Any]])
      #expect(rejections.map { $0["line"] as? Int } == [5])
      #expect(!first.text.contains("not an address"))
      let export = try await binary.run("suppression", "export", "--to", "out.csv")
      #expect(export.status == 0, "\(export.errors)")
      #expect(export.text == "3 written.\n")
      #expect(try await binary.run("suppression", "export", "--to", "out.csv").status == 1)
      let path = binary.folder.appending(path: "out.csv").path
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
      #expect(mode as? Int == 0o600)
      let again = try await binary.run(
        "suppression", "import", "out.csv", "--reason", "again", "--json")
      #expect(again.status == 0, "\(again.errors)\(again.text)")
      #expect((try again.json()["counts"] as? [String: Any])?["known"] as? Int == 3)
      let digests = try await binary.run("suppression", "export", "--digests-only")
      #expect(!digests.text.contains("ann@x.example"))
      let other = try await binary.run(
        ["suppression", "import", "-", "--reason", "digests", "--json"], input: digests.text)
      #expect((try other.json()["counts"] as? [String: Any])?["known"] as? Int == 3)
      let lines = try await binary.run("suppression", "export", "--json")
      #expect(lines.text.split(separator: "\n").count == 3)
      let audit = try await binary.run("audit", "list", "--json").text
      #expect(audit.contains("suppressions.imported"))
    }
  }

  @Test func `messages that were sent elsewhere are taken over`() async throws {
    try await withAcme { binary in
      try binary.write(
        "at,channel,address\n2026-01-05T10:00:00Z,email,ann@x.example\nsoon,email,b@x.example\n",
        to: "sent.csv")
      let dry = try await binary.run("import", "outreach", "sent.csv", "--dry-run", "--json")
      #expect(dry.status == 1)
      #expect((try dry.json()["counts"] as? [String: Any])?["added"] as? Int == 1)
      let preset = try await binary.run("import", "outreach", "sent.csv", "--preset", "xero")
      #expect(preset.status == 2 && preset.errors.contains("--preset does not go with outreach"))
      let done = try await binary.run("import", "outreach", "sent.csv")
      #expect(done.status == 1)
      #expect(done.text.contains("2 messages: 1 new, 0 known, 1 rejected."))
      let again = try await binary.run("import", "outreach", "sent.csv", "--json")
      #expect((try again.json()["counts"] as? [String: Any])?["known"] as? Int == 1)
    }
  }
}
