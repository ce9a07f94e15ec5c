import Foundation
import Testing

@Suite struct SenderCommandTests {
  private func withAcme(_ body: (Binary) async throws -> Void) async throws {
    // The discard port: nothing listens there.
    let binary = try Binary(["SMTP2GO_URL": "http://127.0.0.1:9/v3"])
    defer { binary.remove() }
    let done = try await binary.run(
      "init", "--org", "acme", "--name", "Acme Corp", "--country", "US", "--sender",
      "Acme <billing@acme.example>")
    #expect(done.status == 0, "\(done.errors)")
    try await body(binary)
  }

  private func add(_ binary: Binary, _ arguments: String...) async throws -> Binary.Output {
    try await binary.run(["sender", "add"] + arguments + ["--offline", "--json"])
  }

  private func listed(_ binary: Binary) async throws -> [[String: Any]] {
    let output = try await binary.run("sender", "list", "--json")
    return try #require(try output.json()["senders"] as? [[String: Any]])
  }

  @Test func `add, list, set, remove`() async throws {
    try await withAcme { binary in
      let added = try await add(
        binary, "ann", "--mailbox", "Ann Lee <ann@acme.example>", "--reply-to",
        "sales@acme.example", "--salesperson", "Ann Lee", "--sms-sender", "+16175550199")
      #expect(added.status == 0, "\(added.text)")
      let sender = try #require(try added.json()["sender"] as? [String: Any])
      #expect(sender["standing"] as? String == "unknown")
      #expect(
        sender["kinds"] as? [String]
          == ["deal_follow_up", "deal_check_in", "customer_check_in"])
      #expect((sender["salesperson"] as? [String: Any])?["name"] as? String == "Ann Lee")
      let billing = try await add(
        binary, "billing", "--mailbox", "Billing <money@acme.example>", "--kinds",
        "invoice_reminder, payment_confirmation")
      #expect(billing.status == 0, "\(billing.text)")
      #expect(try await listed(binary).map { $0["id"] as? String } == ["ann", "billing"])
      let table = try await binary.run("sender", "list").text
      for part in ["org", "Acme <billing@acme.example>", "Ann Lee", "never asked"] {
        #expect(table.contains(part), "\(part)")
      }
      #expect(try await binary.run("sender", "list", "--ids").text == "ann\nbilling\n")
      #expect(try await binary.run("org", "show").text.contains("ann, billing"))
      let set = try await binary.run(
        "sender", "set", "ann", "--reply-to", "", "--kinds", "deal_follow_up", "--offline",
        "--json")
      let changed = try #require(try set.json()["sender"] as? [String: Any])
      #expect(changed["reply_to"] is NSNull)
      #expect(changed["kinds"] as? [String] == ["deal_follow_up"])
      let removed = try await binary.run("sender", "remove", "ann", "--json")
      #expect(removed.status == 0)
      #expect(try removed.json()["asked_again"] as? Int == 0)
      #expect(try await listed(binary).count == 1)
      let audit = try await binary.run("audit", "list", "--json").text
      for kind in ["sender.added", "sender.changed", "sender.removed"] {
        #expect(audit.contains(kind), "\(kind)")
      }
    }
  }

  @Test(arguments: [
    (["--mailbox", "not an address"], "--mailbox"),
    (["--mailbox", ""], "--mailbox"),
    (["--mailbox", "noreply@yourdomain.com"], "--mailbox"),
    (["--mailbox", "Us <noreply@yourdomain.com>"], "--mailbox"),
    (["--mailbox", "Ann\u{0A}Bcc: x@y.example <ann@acme.example>"], "--mailbox"),
    (["--mailbox", "\u{202E}nna <ann@acme.example>"], "--mailbox"),
    (["--mailbox", "a@acme.example", "--reply-to", "nobody"], "--reply-to"),
    (["--mailbox", "a@acme.example", "--sms-sender", "AIOM"], "--sms-sender"),
    (["--mailbox", "a@acme.example", "--kinds", "everything"], "--kinds"),
    (["--mailbox", "a@acme.example", "--kinds", ""], "--kinds"),
    (["--mailbox", "a@acme.example", "--user-id", "7"], "--user-id"),
    (["--mailbox", "a@acme.example", "--salesperson", "A", "--user-id", "0"], "--user-id"),
    (["--salesperson", "Ann"], "--mailbox"),
  ])
  func `what is wrong is named by its option, and nothing is stored`(
    _ arguments: [String], _ field: String
  ) async throws {
    try await withAcme { binary in
      let output = try await binary.run(
        ["sender", "add", "ann"] + arguments + ["--offline", "--json"])
      #expect(output.status == 1, "\(output.text)")
      #expect(try output.errorCode() == "sender.invalid")
      let error = try #require(try output.json()["error"] as? [String: Any])
      #expect((error["message"] as? String)?.hasPrefix(field) == true, "\(error)")
      #expect(try await listed(binary).isEmpty)
    }
  }

  @Test(arguments: [
    (["sender", "add", "org", "--mailbox", "a@acme.example"], 1, "sender.id"),
    (["sender", "add", "Ann", "--mailbox", "a@acme.example"], 1, "sender.id"),
    (["sender", "add", "ann", "--mailbox", "a@acme.example"], 1, "sender.no_kind"),
    (["sender", "set", "ann", "--mailbox", "a@acme.example"], 1, "sender.unknown"),
    (["sender", "set", "ann"], 2, "sender.nothing_to_set"),
    (["sender", "remove", "ann"], 1, "sender.unknown"),
    (["sender", "check", "ann"], 1, "sender.unknown"),
  ])
  func `refusals say what to do`(
    _ arguments: [String], _ status: Int, _ code: String
  ) async throws {
    try await withAcme { binary in
      let offline = arguments[1] == "add" || arguments[1] == "set" ? ["--offline"] : []
      let output = try await binary.run(arguments + offline + ["--json"])
      #expect(Int(output.status) == status, "\(output.text)")
      #expect(try output.errorCode() == code)
      let error = try #require(try output.json()["error"] as? [String: Any])
      #expect((error["remedy"] as? String)?.isEmpty == false)
    }
  }

  @Test func `a second sender for the same is a conflict`() async throws {
    try await withAcme { binary in
      _ = try await add(
        binary, "ann", "--mailbox", "ann@acme.example", "--salesperson", "Ann Lee")
      let again = try await add(
        binary, "ann2", "--mailbox", "ann2@acme.example", "--salesperson", "ann lee")
      #expect(again.status == 4)
      #expect(try again.errorCode() == "sender.kind_taken")
    }
  }

  @Test func `a provider that does not answer tells nothing, and the sender is kept`()
    async throws
  {
    try await withAcme { binary in
      let added = try await binary.run(
        "sender", "add", "ann", "--mailbox", "ann@acme.example", "--salesperson", "Ann", "--json")
      #expect(added.status == 0, "\(added.errors)")
      let check = try await binary.run("sender", "check", "--json")
      #expect(check.status == 5)
      let boxes = try #require(try check.json()["boxes"] as? [[String: Any]])
      #expect(boxes.allSatisfy { $0["state"] as? String == "cannot_tell" })
      #expect(boxes.contains { $0["id"] as? String == "sender.ann" })
      #expect(boxes.contains { $0["id"] as? String == "sender.org.dmarc" })
    }
  }
}
