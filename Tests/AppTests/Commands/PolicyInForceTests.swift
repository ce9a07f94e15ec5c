import Foundation
import Testing

@testable import App

/// Policies through the built program.
@Suite struct PolicyInForceTests {
  private static let strict = """
    policy: acme
    rules:
      - id: two-look
        title: Two people look
        on: [all]
        then:
          require: { role: owner, n: 1 }
        reason: Everything is looked at.
    cases:
      - name: a task asks
        on: create_follow_up_task
        expect: { decision: require, rules: [two-look] }
    """

  private static let task = """
    {"version":"1.1","org_id":"acme","action_type":"create_follow_up_task",
     "operation":{"type":"create_odoo_task","inputs":{"name":"Call the baker"}},
     "expected_effect":"Somebody calls the baker.","reasoning":"The baker asked for a call.",
     "affected_records":{"partner_id":1}}
    """

  private func acme(_ body: (Binary) async throws -> Void) async throws {
    let binary = try Binary([:])
    defer { binary.remove() }
    let done = try await binary.run(
      "init", "--org", "acme", "--name", "Acme Corp", "--country", "US", "--window", "00:00-24:00",
      "--days", "1-7", "--undo-seconds", "0", "--sender", "Acme <billing@acme.example>")
    #expect(done.status == 0, "\(done.errors)")
    try await body(binary)
  }

  @Test func `a policy is asked for, approved by its digest, shown and taken back`() async throws {
    try await acme { binary in
      let first = try await binary.run("policy", "show", "--json").json()
      #expect((first["version"] as? [String: Any])?["version"] as? Int == 1)
      let asked = try await binary.run(
        "policy", "activate", "-", "--reason", "everything asks", "--json", input: Self.strict)
      #expect(asked.status == 0, "\(asked.errors)")
      let request = try #require(try asked.json()["request"] as? [String: Any])
      let (id, digest) = (
        try #require(request["request"] as? String), try #require(request["digest"] as? String)
      )
      #expect(try asked.json()["activated"] is NSNull)
      let wrong = try await binary.run(
        "policy", "approve", id, "--digest", String(repeating: "0", count: 64), "--json")
      #expect(wrong.status == 4)
      #expect(try wrong.errorCode() == "approval.digest_changed")
      let done = try await binary.run("policy", "approve", id, "--digest", digest, "--json")
      #expect(done.status == 0, "\(done.errors)")
      let back = try await binary.run("policy", "rollback", "--reason", "too strict", "--json")
      #expect(back.status == 0, "\(back.errors)")
      let history = try await binary.run("policy", "history", "--json").json()
      let versions = try #require(history["versions"] as? [[String: Any]])
      #expect(versions.map { $0["version"] as? Int } == [3, 2, 1])
      #expect(versions.map { $0["source"] as? String } == ["rollback:1", "file", "default"])
      #expect(try await binary.run("policy", "rollback", "9", "--reason", "no").status == 1)
    }
  }

  @Test func `a task goes by itself, and its card and explanation say why`() async throws {
    try await acme { binary in
      let made = try await binary.run("action", "propose", "-", "--json", input: Self.task)
      #expect(made.status == 0, "\(made.text) \(made.errors)")
      let action = try #require(try made.json()["action"] as? [String: Any])
      let id = try #require(action["action_id"] as? String)
      #expect(action["status"] as? String == "approved")
      #expect(action["approved_by"] as? String == "system:policy:1")
      let told = try await binary.run("policy", "explain", id, "--json").json()
      #expect(told["decision"] as? String == "auto" && told["version"] as? Int == 1)
      let card = try await binary.run("action", "show", id, "--json").json()
      let policy = try #require(card["policy"] as? [String: Any])
      #expect(NSDictionary(dictionary: policy) == NSDictionary(dictionary: told))
      #expect(try await binary.run("action", "show", id).text.contains("WHY NOBODY IS ASKED"))
      let past = try await binary.run("policy", "backtest", "active", "default", "--json").json()
      #expect(past["decisions"] as? Int == 1)
    }
  }
}
