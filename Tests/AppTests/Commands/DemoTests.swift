import Foundation
import Testing

@Suite struct DemoTests {
  private static let key = "api-PLANTED0000000000000000000000000"

  @Test func `the whole demo succeeds and ignores a real-looking key`() async throws {
    // A proxy that nobody answers: a connection beyond loopback could not succeed unseen.
    let binary = try Binary([
      "SMTP2GO_API_KEY": Self.key, "SMTP2GO_URL": "https://203.0.113.1/v3",
      "SMTP2GO_SENDER_EMAIL": "planted.recipient@acme.example", "AIOM_DELIVERY": "live",
      "ODOO_URL": "https://203.0.113.1",
    ])
    defer { binary.remove() }
    try binary.write("SMTP2GO_API_KEY=\(Self.key)\nAIOM_WORKERS=nonsense\n", to: ".env")
    let output = try await binary.run("demo", "--yes")
    #expect(output.status == 0, "\(output.errors)")
    let all = output.text + output.errors
    #expect(!all.contains("PLANTED"))
    #expect(!all.contains("planted.recipient"))
    for part in [
      "INV-2024-001", "Will email billing@acmecorp.com", "Payment Reminder: Invoice INV-2024-001",
      "6  completed", "held, anti-spam cool-down", "held, quiet hours", "refused",
      "execution.intended", "aiom init",
    ] {
      #expect(output.text.contains(part), "the demo does not show: \(part)")
    }
    #expect(!FileManager.default.fileExists(atPath: binary.folder.appending(path: "home").path))
  }

  @Test func `as JSON it is one value with what happened`() async throws {
    let binary = try Binary()
    defer { binary.remove() }
    let output = try await binary.run("demo", "--yes", "--json", "--keep", "kept")
    #expect(output.status == 0, "\(output.errors)")
    let summary = try output.json()
    #expect(summary["status"] as? String == "completed")
    #expect(summary["messages_received"] as? Int == 1)
    #expect((summary["stages"] as? [Any])?.count == 6)
    let held = try #require(summary["held"] as? [[String: Any]])
    let reasons = held.compactMap { ($0["hold"] as? [String: Any])?["reason"] as? String }
    #expect(reasons == ["cool_down", "quiet_hours"])
    let listed = try await binary.run("action", "list", "--home", "kept", "--json")
    #expect(listed.status == 0)
    #expect(((try listed.json()["actions"]) as? [Any])?.isEmpty == false)
  }

  @Test func `told without a terminal and without --yes it does not begin`() async throws {
    let binary = try Binary()
    defer { binary.remove() }
    let output = try await binary.run("demo", "--terminal")
    #expect(output.status == 2)
    #expect(output.errors.contains("--yes"))
  }
}
