import Foundation
import Testing

@testable import App

/// The built program, as a shell sees it.
@Suite struct CommandTests {
  private static let proposal = """
    {"version":"1.1","org_id":"acme"}
    """

  private func withBinary(
    _ environment: [String: String] = [:], _ body: (Binary) async throws -> Void
  ) async throws {
    let binary = try Binary(environment)
    defer { binary.remove() }
    try await body(binary)
  }

  private func acme(_ binary: Binary) async throws {
    let done = try await binary.run(
      "init", "--org", "acme", "--name", "Acme Corp", "--country", "US", "--window", "00:00-24:00",
      "--days", "1-7", "--undo-seconds", "0", "--sender", "Acme <billing@acme.example>")
    #expect(done.status == 0, "\(done.errors)")
  }

  @Test func `an unknown command is wrong usage`() async throws {
    try await withBinary { binary in
      #expect(try await binary.run("nonsense").status == 2)
      #expect(try await binary.run("action", "show").status == 2)
      let json = try await binary.run("action", "show", "--json")
      #expect(json.status == 2)
      #expect(try json.errorCode() == "usage")
    }
  }

  @Test func `without a database a command says how to get one`() async throws {
    try await withBinary { binary in
      let output = try await binary.run("action", "list", "--json")
      #expect(output.status == 3)
      #expect(try output.errorCode() == "database.missing")
      #expect(output.text.contains("aiom init"))
    }
  }

  @Test func `config prints every setting as one JSON value and no key`() async throws {
    let key = "api-PLANTED0000000000000000000000000"
    try await withBinary(["SMTP2GO_API_KEY": key]) { binary in
      let output = try await binary.run("config", "--json")
      #expect(output.status == 0)
      let rows = try #require(try output.json()["settings"] as? [[String: Any]])
      #expect(rows.count == SettingKey.allCases.count)
      #expect(!(output.text + output.errors).contains("PLANTED"))
      let table = try await binary.run("config")
      #expect(!(table.text + table.errors).contains("PLANTED"))
    }
  }

  @Test func `a wrong setting stops every command that needs settings`() async throws {
    try await withBinary(["AIOM_DELIVERY": "production"]) { binary in
      for command in [["config"], ["action", "list"], ["migrate"], ["doctor"]] {
        let output = try await binary.run(
          command[0], command.dropFirst().first ?? "--json", "--json")
        #expect(output.status == 3)
        #expect(try output.errorCode() == "settings.invalid")
      }
      #expect(try await binary.run("protocol", "schema").status == 0)
    }
  }

  @Test func `validate answers 1 with every issue and 2 for a missing argument`() async throws {
    try await withBinary { binary in
      let refused = try await binary.run(
        "protocol", "validate", "-", "--json", input: Self.proposal)
      #expect(refused.status == 1)
      #expect(try refused.json()["valid"] as? Bool == false)
      let issues = try #require(try refused.json()["issues"] as? [[String: Any]])
      #expect(issues.count > 3)
      #expect(try await binary.run("protocol", "validate").status == 2)
      let missing = try await binary.run("protocol", "validate", "nowhere.json", "--json")
      #expect(missing.status == 1)
      #expect(try missing.errorCode() == "file.not_found")
    }
  }

  @Test func `validate answers line by line`() async throws {
    try await withBinary { binary in
      let output = try await binary.run(
        "protocol", "validate", "-", "--lines", input: "\(Self.proposal)\n[]\n{\n")
      #expect(output.status == 0)
      let lines = output.text.split(separator: "\n")
      #expect(lines.count == 3)
      #expect(lines.allSatisfy { $0.contains("\"valid\":false") })
    }
  }

  @Test func `an existing organisation is not created twice`() async throws {
    try await withBinary { binary in
      try await acme(binary)
      let again = try await binary.run(
        "init", "--org", "acme", "--name", "Acme", "--country", "US", "--json")
      #expect(again.status == 4)
      #expect(try again.errorCode() == "org.exists")
      let mode = try FileManager.default.attributesOfItem(
        atPath: binary.folder.appending(path: "home/aiom.sqlite").path)[.posixPermissions]
      #expect((mode as? NSNumber)?.intValue == 0o600)
    }
  }

  @Test func `two organisations and none chosen is refused with the list`() async throws {
    try await withBinary { binary in
      #expect(try await binary.run("migrate").status == 0)
      let none = try await binary.run("action", "list", "--json")
      #expect(try none.errorCode() == "org.none")
      for id in ["north", "south"] {
        let made = try await binary.run(
          "org", "create", "--org", id, "--name", id, "--country", "CA")
        #expect(made.status == 0)
        if id == "north" { #expect(try await binary.run("action", "list").status == 0) }
      }
      let refused = try await binary.run("action", "list", "--json")
      #expect(refused.status == 3)
      #expect(try refused.errorCode() == "org.not_chosen")
      #expect(refused.text.contains("north, south"))
      #expect(try await binary.run("action", "list", "--org", "south").status == 0)
      let unknown = try await binary.run("action", "list", "--org", "west", "--json")
      #expect(unknown.status == 3)
      #expect(try unknown.errorCode() == "org.unknown")
      #expect(try await binary.run("org", "use", "north").status == 0)
      #expect(try await binary.run("action", "list").status == 0)
    }
  }

  @Test func `records become proposals that are decided on by digest`() async throws {
    try await withBinary { binary in
      try await acme(binary)
      try binary.write(
        "external_id,name,email\nP1,One,one@one.example\nP2,Two,two@two.example\nP3,X,broken\n",
        to: "p.csv")
      try binary.write(
        """
        external_id,number,partner,issued,due,total,currency
        I1,INV-1,P1,2026-01-01,2026-02-01,10.00,USD
        I2,INV-2,P2,2026-01-01,2026-02-01,20.00,USD

        """, to: "i.csv")
      let partners = try await binary.run("import", "partners", "p.csv", "--json")
      #expect(partners.status == 1)
      #expect(try partners.json()["inserted"] as? Int == 2)
      let rejections = try #require(try partners.json()["rejections"] as? [[String: Any]])
      #expect(rejections.first?["line"] as? Int == 4)
      #expect(rejections.first?["column"] as? String == "email")
      #expect(try await binary.run("import", "invoices", "i.csv").status == 0)
      #expect(try await binary.run("analyze", "--as-of", "2026-06-01").status == 0)
      let listed = try await binary.run("action", "list", "--json")
      let actions = try #require(try listed.json()["actions"] as? [[String: Any]])
      #expect(actions.count == 2)
      let ids = actions.compactMap { $0["action_id"] as? String }
      let ambiguous = try await binary.run("action", "show", String(ids[0].prefix(4)), "--json")
      #expect(ambiguous.status == 1)
      #expect(try ambiguous.errorCode() == "action.ambiguous")
      let unknown = try await binary.run("action", "show", "ffffffff", "--json")
      #expect(unknown.status == 1)
      #expect(try unknown.errorCode() == "action.unknown")
      #expect(try await binary.run("action", "approve", ids[0]).status == 2)
      let other = try await binary.run(
        "action", "approve", ids[0], "--digest", String(repeating: "0", count: 64), "--json")
      #expect(other.status == 4)
      let digest = try #require(actions[0]["digest"] as? String)
      #expect(try await binary.run("action", "approve", ids[0], "--digest", digest).status == 0)
      let twice = try await binary.run("action", "approve", ids[0], "--yes", "--json")
      #expect(twice.status == 4)
      #expect(try await binary.run("action", "reject", ids[1], "--json").status == 2)
      #expect(try await binary.run("action", "reject", ids[1], "--reason", "no").status == 0)
      let audit = try await binary.run("audit", "list", "--json")
      let entries = try #require(try audit.json()["entries"] as? [[String: Any]])
      #expect(entries.compactMap { $0["sequence"] as? Int } == Array(1...entries.count))
    }
  }

  @Test func `a test SMS is skipped without --really, and an example address is refused`()
    async throws
  {
    try await withBinary { binary in
      try await acme(binary)
      let sms = try await binary.run("smtp2go", "send-sms", "--to", "+442079460123", "--json")
      #expect(sms.status == 0)
      #expect(try sms.json()["result"] as? String == "skipped")
      let email = try await binary.run(
        "smtp2go", "send-email", "--to", "you@example.com", "--yes", "--json")
      #expect(email.status == 1)
      #expect(try email.errorCode() == "test.example_address")
    }
  }

  @Test func `check without a key is not configured`() async throws {
    try await withBinary { binary in
      let output = try await binary.run("smtp2go", "check", "--json")
      #expect(output.status == 3)
      #expect(try output.errorCode() == "smtp2go.key_missing")
    }
  }

  @Test func `doctor names what is missing and how to fix it`() async throws {
    try await withBinary { binary in
      try await acme(binary)
      let output = try await binary.run("doctor", "--offline", "--json")
      #expect(output.status == 1)
      let boxes = try #require(try output.json()["boxes"] as? [[String: Any]])
      let states = Dictionary(
        uniqueKeysWithValues: boxes.map {
          ($0["id"] as? String ?? "", $0["state"] as? String ?? "")
        })
      #expect(states["database_mode"] == "ok")
      #expect(states["schema"] == "ok")
      #expect(states["key"] == "missing")
      #expect(states["email_received"] == "cannot_tell")
      for box in boxes where box["state"] as? String == "missing" {
        #expect((box["fix"] as? String)?.isEmpty == false)
      }
    }
  }
}
