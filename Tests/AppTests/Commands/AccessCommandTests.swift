import Foundation
import Testing

@testable import App

/// People and credentials, as a shell sees them.
@Suite struct AccessCommandTests {
  static let password = "four unrelated words here"

  /// An installation with one pending action.
  static func withAcme(_ body: (Binary, String) async throws -> Void) async throws {
    let binary = try Binary(["SMTP2GO_URL": "http://127.0.0.1:9/v3"])
    defer { binary.remove() }
    let done = try await binary.run(
      "init", "--org", "acme", "--name", "Acme Corp", "--country", "US", "--window", "00:00-24:00",
      "--days", "1-7", "--undo-seconds", "600", "--sender", "Acme <billing@acme.example>")
    #expect(done.status == 0, "\(done.errors)")
    try binary.write("external_id,name,email\nP1,One,one@one.example\n", to: "partners.csv")
    try binary.write(
      """
      external_id,number,partner,issued,due,total,currency
      I1,INV-1,P1,2026-01-01,2026-02-01,10.00,USD

      """, to: "invoices.csv")
    for kind in ["partners", "invoices"] {
      let imported = try await binary.run("import", kind, "\(kind).csv")
      #expect(imported.status == 0, "\(imported.text)\(imported.errors)")
    }
    #expect(try await binary.run("analyze", "--as-of", "2026-06-01").status == 0)
    let actions = try await binary.run("action", "list", "--json").json()["actions"]
    let id = try #require(((actions as? [[String: Any]])?.first)?["action_id"] as? String)
    try await body(binary, id)
  }

  static func addOwner(_ binary: Binary) async throws {
    let added = try await binary.run(
      ["person", "add", "ann", "--name", "Ann Lee", "--role", "owner", "--stdin"],
      input: password + "\n")
    #expect(added.status == 0, "\(added.errors)")
  }

  static func login(_ binary: Binary, _ person: String = "ann") async throws {
    let done = try await binary.run(["login", person, "--stdin"], input: password + "\n")
    #expect(done.status == 0, "\(done.errors)")
  }

  private static func status(_ binary: Binary) async throws -> String? {
    let actions = try await binary.run("action", "list", "--json").json()["actions"]
    return ((actions as? [[String: Any]])?.first)?["status"] as? String
  }

  @Test func `from the first person on a decision needs a sign-in, and carries the name`()
    async throws
  {
    try await Self.withAcme { binary, id in
      #expect(try await binary.run("whoami").text.contains("local login"))
      try await Self.addOwner(binary)
      let refused = try await binary.run("action", "approve", id, "--yes", "--json")
      #expect(refused.status == 3)
      #expect(try refused.errorCode() == "access.sign_in")
      #expect(refused.text.contains("aiom login"))
      #expect(try await binary.run("action", "list").status == 0, "the file can be read")
      let wrong = try await binary.run(["login", "ann", "--stdin", "--json"], input: "wrong\n")
      #expect(wrong.status == 3)
      #expect(try wrong.errorCode() == "login.wrong")
      try await Self.login(binary)
      let file = binary.folder.appending(path: "home/session").path
      let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
      #expect(mode == 0o600)
      #expect(try await binary.run("action", "approve", id, "--yes").status == 0)
      let audit = try await binary.run("audit", "list", "--json").text
      #expect(audit.contains("person:ann"))
      #expect(!audit.contains("aiom_s_"))
      #expect(try await binary.run("logout").status == 0)
      #expect(!FileManager.default.fileExists(atPath: file))
      let after = try await binary.run(
        "action", "withdraw", id, "--reason", "no", "--json")
      #expect(try after.errorCode() == "access.sign_in")
    }
  }

  @Test func `a token from the environment or a file of one's own, and never as an option`()
    async throws
  {
    try await Self.withAcme { binary, id in
      try await Self.addOwner(binary)
      try await Self.login(binary)
      let made = try await binary.run(
        "token", "create", "bot", "--agent", "--scopes", "read,propose", "--json")
      let secret = try #require(try made.json()["token"] as? String)
      let deciding = try await binary.run(
        "token", "create", "bot2", "--agent", "--scopes", "read,decide", "--json")
      #expect(try deciding.errorCode() == "token.deciding_scope")
      var agent = binary
      agent.environment["AIOM_TOKEN"] = secret
      let who = try await agent.run("whoami", "--json").json()
      #expect(who["author"] as? String == "agent:bot")
      #expect(try await agent.run("action", "list").status == 0)
      let approved = try await agent.run("action", "approve", id, "--yes", "--json")
      #expect(approved.status == 1)
      #expect(try approved.errorCode() == "access.needs_person")
      #expect(
        try await agent.run("config").text.contains(secret) == false, "config shows no token")
      try binary.write(secret + "\n", to: "token")
      var filed = binary
      let path = binary.folder.appending(path: "token").path
      filed.environment["AIOM_TOKEN_FILE"] = path
      try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
      #expect(try await filed.run("whoami", "--json").errorCode() == "settings.token_file")
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
      #expect(try await filed.run("whoami").text.contains("agent:bot"))
      #expect(try await binary.run("token", "revoke", "bot").status == 0)
      let revoked = try await agent.run("action", "list", "--json")
      #expect(revoked.status == 3, "a token that opens nothing is no local login")
      #expect(try revoked.errorCode() == "credential.ended")
    }
  }

  @Test func `others set their own password by a link and hold what their role gives`()
    async throws
  {
    try await Self.withAcme { binary, id in
      try await Self.addOwner(binary)
      try await Self.login(binary)
      let added = try await binary.run(
        "person", "add", "vic", "--name", "Vic", "--role", "viewer", "--json")
      let link = try #require(try added.json()["link"] as? String)
      let accepted = try await binary.run(
        ["person", "accept", "--stdin"],
        input: "http://127.0.0.1:8080/join/\(link)\n\(Self.password)\n")
      #expect(accepted.status == 0, "\(accepted.errors)")
      try await Self.login(binary, "vic")
      let approved = try await binary.run("action", "approve", id, "--yes", "--json")
      #expect(approved.status == 1)
      #expect(try approved.errorCode() == "access.forbidden")
      #expect(try await binary.run("person", "list").text.contains("ann"))
      #expect(try await Self.status(binary) == "pending_approval")
    }
  }
}
