import Foundation
import Testing

@testable import App

/// docs/integrations/smtp2go.md and the program say the same.
@Suite struct SetupGuideTests {
  private static func page() throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try String(
      contentsOf: root.appending(path: "docs/integrations/smtp2go.md"), encoding: .utf8)
  }

  /// The cells of the tables between a heading and the next one.
  private static func rows(_ heading: String) throws -> [[String]] {
    let sections = try page().components(separatedBy: "\n## ")
    let section = try #require(sections.first { $0.hasPrefix(heading) }, "no section \(heading)")
    return section.split(separator: "\n").filter { $0.hasPrefix("| ") && !$0.hasPrefix("|--") }
      .dropFirst().map { line in
        line.split(separator: "|").map { String($0).trimmingCharacters(in: .whitespaces) }
      }
  }

  private static func quoted(_ cell: String) -> [String] {
    cell.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { String($0.element) }
  }

  /// The user's own list, word for word but for what stands in parentheses.
  private static let boxes = [
    "Get SMTP2GO API key", "Update .env with credentials", "Verify sender email address",
    "Run test script", "Receive test email in inbox", "Purchase SMS credits", "Test SMS sending",
    "Check SMTP2GO dashboard", "Review email/SMS in spam folder", "Set up domain verification",
  ]

  @Test func `the guide names the user's ten boxes, and doctor has a line for each`() async throws {
    let rows = try Self.rows("The ten boxes")
    #expect(rows.map { $0[0] } == Self.boxes)
    let binary = try Binary()
    defer { binary.remove() }
    let output = try await binary.run("doctor", "--offline", "--json")
    #expect(output.status == 1)
    let lines = try #require(try output.json()["boxes"] as? [[String: Any]])
    let ids = lines.compactMap { $0["id"] as? String }
    #expect(Set(ids).count == ids.count, "an id stands twice")
    for row in rows {
      for id in Self.quoted(row[1]) { #expect(ids.contains(id), "doctor has no line \(id)") }
    }
    let others = try Self.page().components(separatedBy: "## The ten boxes")[1]
      .components(separatedBy: "\n## ")[0]
    for id in Self.quoted(others) where !id.contains(" ") && !id.hasPrefix("--") {
      #expect(ids.contains(id), "doctor has no line \(id)")
    }
  }

  @Test func `the guide names every endpoint that the program asks for`() throws {
    let named = try Self.rows("1. The API key").flatMap { Self.quoted($0[0]) }
    let known = ProviderCapability.all.flatMap(\.endpoints)
    #expect(Set(named) == Set(known))
    #expect(Set(known).count == known.count)
  }

  @Test(arguments: [
    "1. The API key", "2. Verify the sender", "4. SMS: credits", "6. Examples",
    "8. Troubleshooting by error code", "9. Security", "10. Cost and monitoring",
    "11. Official links",
  ])
  func `the guide has each of the eight parts that the user names`(_ part: String) throws {
    let section = try #require(
      try Self.page().components(separatedBy: "\n## ").first { $0.hasPrefix(part) })
    #expect(section.count > 400)
  }

  @Test(arguments: [
    "sms_opt_out.unknown", "key_missing", "sandbox_org_needs_sandbox_delivery",
    "live_delivery_without_https", "test.example_address", "test.example_number",
    "webhook.public_url_missing", "webhook.public_url_insecure",
  ])
  func `each code of ours has a remedy in the guide`(_ code: String) throws {
    let rows = try Self.rows("8. Troubleshooting by error code")
    #expect(rows.contains { $0.first?.contains("`\(code)`") == true && $0.last?.isEmpty == false })
  }
}
