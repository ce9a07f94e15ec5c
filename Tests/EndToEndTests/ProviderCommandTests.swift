import ActionProtocol
import Engine
import Foundation
import Sandbox
import Testing

/// `aiom smtp2go` and `doctor` with the keys that people have.
@Suite(.serialized) struct ProviderCommandTests {
  private static let full = "api-FULL0000000000000000000000000000"
  private static let sending = "api-SENDING0000000000000000000000000"
  private static let wrong = "api-WRONG000000000000000000000000000"

  private func house() async throws -> Installation {
    try await Installation { configuration in
      configuration.verifiedDomains = ["harbor.example"]
      configuration.furtherKeys = [
        SandboxKey(key: Self.full),
        SandboxKey(key: Self.sending, endpoints: SendOnlyKey.endpoints),
      ]
    }
  }

  private func run(
    _ house: Installation, _ arguments: [String], key: String?,
    _ more: [String: String] = [:]
  ) async throws -> (status: Int32, json: [String: Any]) {
    var environment = house.environment.merging(more) { _, new in new }
    environment["SMTP2GO_API_KEY"] = key
    let result = try await Binary.run(arguments + ["--json"], environment)
    let json = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    return (result.status, try #require(json as? [String: Any], "\(result.output)"))
  }

  private func boxes(_ json: [String: Any]) throws -> [String: [String: Any]] {
    let list = try #require(json["boxes"] as? [[String: Any]])
    return Dictionary(uniqueKeysWithValues: list.map { ($0["id"] as? String ?? "", $0) })
  }

  private func state(_ boxes: [String: [String: Any]], _ id: String) -> String? {
    boxes[id]?["state"] as? String
  }

  // MARK: check

  @Test func `check with a key for everything tells what is there`() async throws {
    let house = try await house()
    let (status, json) = try await run(house, ["smtp2go", "check"], key: Self.full)
    #expect(status == 0)
    let boxes = try boxes(json)
    for id in ["key", "authenticates", "region", "email_permission", "sms_received_permission"] {
      #expect(state(boxes, id) == "ok", "\(id)")
    }
    for id in ["sender_verified", "domain_verified", "dkim", "return_path", "spf"] {
      #expect(state(boxes, id) == "ok", "\(id)")
    }
    #expect(state(boxes, "plan_usage") == "ok")
    #expect(state(boxes, "sms_usage") == "ok")
    #expect(state(boxes, "webhook") == "missing")
    #expect(state(boxes, "public_url") == "missing")
    #expect((boxes["public_url"]?["found"] as? String)?.contains("mailto") == true)
    #expect(state(boxes, "sms_opt_out") == "ok")
    try await house.close()
  }

  @Test func `check with a key that may only send is content and names what is off`() async throws {
    let house = try await house()
    let (status, json) = try await run(house, ["smtp2go", "check"], key: Self.sending)
    #expect(status == 0)
    let boxes = try boxes(json)
    #expect(state(boxes, "email_permission") == "ok")
    #expect(state(boxes, "sms_permission") == "ok")
    let off = boxes.filter {
      $0.key.hasSuffix("_permission") && $0.value["state"] as? String == "missing"
    }
    #expect(off.count == 7)
    #expect(off.values.allSatisfy { $0["optional"] as? Bool == true })
    #expect(state(boxes, "sender_verified") == "cannot_tell")
    #expect(state(boxes, "dkim") == "cannot_tell")
    #expect(state(boxes, "plan_usage") == "cannot_tell")
    #expect(state(boxes, "sms_opt_out") == "missing")
    let (_, said) = try await run(
      house, ["smtp2go", "check"], key: Self.sending, ["AIOM_SMS_OPT_OUT": "provider"])
    #expect(state(try self.boxes(said), "sms_opt_out") == "ok")
    try await house.close()
  }

  @Test func `check with a key that nobody knows says so, and that the region may be it`()
    async throws
  {
    let house = try await house()
    let (status, json) = try await run(house, ["smtp2go", "check"], key: Self.wrong)
    #expect(status == 1)
    let boxes = try boxes(json)
    #expect(state(boxes, "authenticates") == "missing")
    #expect((boxes["authenticates"]?["fix"] as? String)?.contains("SMTP2GO_REGION") == true)
    #expect(state(boxes, "email_permission") == "cannot_tell")
    try await house.close()
  }

  @Test func `check without a key is not configured, and without a provider is temporary`()
    async throws
  {
    let house = try await house()
    #expect(try await run(house, ["smtp2go", "check"], key: nil).status == 3)
    try await house.sandbox.stop()
    let (status, json) = try await run(house, ["smtp2go", "check"], key: Self.full)
    #expect(status == 5)
    #expect(state(try boxes(json), "authenticates") == "cannot_tell")
    _ = try await house.sandbox.start()
    try await house.close()
  }

  @Test func `an SMS sender that is a name is accepted with a warning`() async throws {
    let house = try await house()
    let (status, json) = try await run(
      house, ["smtp2go", "check"], key: Self.sending, ["SMTP2GO_SMS_SENDER": "AIOM"])
    #expect(status == 0)
    let box = try #require(try boxes(json)["sms_sender"])
    #expect(box["state"] as? String == "missing")
    #expect(box["optional"] as? Bool == true)
    let words = "\(box["found"] ?? "") \(box["fix"] ?? "")"
    for part in ["one-way", "US and Canada", "document"] { #expect(words.contains(part)) }
    try await house.close()
  }

  // MARK: test

  @Test func `the test script passes connection and e-mail, and skips the SMS`() async throws {
    let house = try await house()
    let (status, json) = try await run(
      house, ["smtp2go", "test", "--to", "me@mycompany.com"], key: Self.sending)
    #expect(status == 0)
    #expect(Self.states(json) == ["passed", "passed", "skipped"])
    #expect(await house.sandbox.mailbox.count == 1)
    let (_, doctor) = try await run(house, ["doctor"], key: Self.sending)
    let script = try #require(try boxes(doctor)["test_script"])
    #expect((script["found"] as? String)?.contains("email passed, sms skipped") == true)
    try await house.close()
  }

  @Test func `the test SMS goes to one's own number even where customers get none`() async throws {
    let house = try await SendOnlyKey.installation()
    let (status, json) = try await run(
      house,
      [
        "smtp2go", "test", "--to", "me@mycompany.com", "--sms-to", "+442079460123", "--really",
      ], key: nil)
    #expect(status == 0, "\(json)")
    #expect(Self.states(json) == ["passed", "passed", "passed"])
    #expect(await house.sandbox.mailbox.sms().count == 1)
    try await house.close()
  }

  @Test func `without an address the e-mail is skipped, and that is no success`() async throws {
    let house = try await house()
    let (status, json) = try await run(house, ["smtp2go", "test"], key: Self.full)
    #expect(status == 1)
    #expect(Self.states(json) == ["passed", "skipped", "skipped"])
    try await house.close()
  }

  @Test func `a bad key fails the first line and skips the others`() async throws {
    let house = try await house()
    let (status, json) = try await run(
      house, ["smtp2go", "test", "--to", "me@mycompany.com"], key: Self.wrong)
    #expect(status == 1)
    #expect(Self.states(json) == ["failed", "skipped", "skipped"])
    #expect(await house.sandbox.mailbox.count == 0)
    try await house.close()
  }

  @Test func `a test that has to wait is withdrawn, and says why`() async throws {
    let house = try await house()
    let command = ["smtp2go", "test", "--to", "me@mycompany.com"]
    #expect(try await run(house, command, key: Self.full).status == 0)
    let (status, json) = try await run(house, command, key: Self.full)
    #expect(status == 1)
    #expect(Self.states(json) == ["passed", "failed", "skipped"])
    #expect(await house.sandbox.mailbox.count == 1)
    #expect(try await house.states().allSatisfy { $0.status != .approved })
    try await house.close()
  }

  @Test(arguments: [
    "you@example.com", "you@mail.example.org", "you@shop.example", "you@box.test",
    "you@yourdomain.com",
  ])
  func `example addresses are refused`(_ address: String) async throws {
    let house = try await house()
    let (status, json) = try await run(
      house, ["smtp2go", "test", "--to", address], key: Self.full)
    #expect(status == 1)
    #expect((json["error"] as? [String: Any])?["code"] as? String == "test.example_address")
    #expect(await house.sandbox.mailbox.count == 0)
    try await house.close()
  }

  private static func states(_ json: [String: Any]) -> [String] {
    (json["lines"] as? [[String: Any]] ?? []).map { $0["state"] as? String ?? "" }
  }

  // MARK: webhook

  @Test func `a webhook is installed once, shown, replaced where it is wrong, and removed`()
    async throws
  {
    let house = try await house()
    let here = ["AIOM_PUBLIC_URL": "https://aiom.mycompany.com"]
    let install = ["smtp2go", "webhook", "install"]
    let first = try await run(house, install, key: nil, here)
    #expect(first.status == 0)
    #expect(first.json["result"] as? String == "installed")
    let again = try await run(house, install, key: nil, here)
    #expect(again.json["result"] as? String == "unchanged")
    #expect((again.json["registered"] as? [Any])?.count == 1)
    #expect(try await run(house, ["smtp2go", "webhook", "show"], key: nil, here).status == 0)
    let moved = ["AIOM_PUBLIC_URL": "https://other.mycompany.com"]
    #expect(try await run(house, ["smtp2go", "webhook", "show"], key: nil, moved).status == 1)
    let replaced = try await run(house, install + ["--scheme", "basic"], key: nil, moved)
    #expect(replaced.json["result"] as? String == "replaced")
    let only = try #require((replaced.json["registered"] as? [[String: Any]])?.first)
    #expect(only["scheme"] as? String == "basic")
    #expect(only["place"] as? String == "https://other.mycompany.com/hooks/smtp2go/(secret)")
    #expect((replaced.json["unregistered"] as? [Any])?.isEmpty == true)
    let removed = try await run(house, ["smtp2go", "webhook", "remove"], key: nil)
    #expect(removed.json["removed"] as? Int == 1)
    let gone = try await run(house, ["smtp2go", "webhook", "remove"], key: nil)
    #expect(gone.status == 0)
    #expect(gone.json["removed"] as? Int == 0)
    try await house.close()
  }

  @Test func `a webhook needs an address, and a key that may register it`() async throws {
    let house = try await SendOnlyKey.installation()
    let missing = try await run(house, ["smtp2go", "webhook", "install"], key: nil)
    #expect(missing.status == 3)
    let refused = try await run(
      house, ["smtp2go", "webhook", "install"], key: nil,
      ["AIOM_PUBLIC_URL": "https://aiom.mycompany.com"])
    #expect(refused.status == 1)
    let error = try #require(refused.json["error"] as? [String: Any])
    #expect((error["message"] as? String)?.contains("ENDPOINT_PERMISSION_DENIED") == true)
    let org = house.org
    #expect(try await house.store.read { try $0.webhooks(org) }.isEmpty)
    try await house.close()
  }

  // MARK: cost

  @Test func `cost names what went to the sandbox and costs nothing`() async throws {
    let house = try await house()
    _ = try await house.approvedMessages(3)
    #expect(try await Binary.run(["action", "run", "--all"], house.environment).status == 0)
    let (status, json) = try await run(house, ["cost"], key: Self.full)
    #expect(status == 0)
    #expect(json["sandboxed"] as? Int == 3)
    #expect((json["rows"] as? [Any])?.isEmpty == true)
    let projected = try #require(json["projected"] as? [String: Any])
    #expect(projected["cheapest"] as? String == "Free")
    let provider = try #require(json["provider"] as? [String: Any])
    #expect(provider["emails_used"] as? Int == 3)
    try await house.close()
  }
}
