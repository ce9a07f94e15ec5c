import ActionProtocol
import Connectors
import Decisions
import Foundation
import Testing

/// The pages about policies say what is so.
@Suite struct PolicyPageTests {
  private static let root: URL? = {
    var folder = URL(fileURLWithPath: #filePath)
    for _ in 0..<8 {
      folder.deleteLastPathComponent()
      let page = folder.appendingPathComponent("docs/learning/policies.md")
      if FileManager.default.fileExists(atPath: page.path) { return folder }
    }
    return nil
  }()

  private static func page(_ path: String) throws -> String {
    let root = try #require(root)
    return try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  /// The YAML blocks of the page that begin with a text.
  private static func blocks(_ start: String) throws -> [String] {
    try page("docs/learning/policies.md").components(separatedBy: "```yaml\n").dropFirst()
      .compactMap { $0.components(separatedBy: "```").first }.filter { $0.hasPrefix(start) }
  }

  @Test func `there are twelve recipes, and each is a policy without errors`() throws {
    let recipes = try Self.blocks("- id:")
    #expect(recipes.count == 12)
    for recipe in recipes {
      let lines = recipe.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
      let answer = PolicyFile.read("policy: recipe\nrules:\n" + lines)
      #expect(answer.issues.isEmpty, "\(answer.issues.map(\.json))")
      let policy = try #require(answer.policy)
      let issues = PolicyCheck.issues(policy, lines: answer.lines)
      #expect(issues.isEmpty, "\(issues.map(\.json))")
    }
  }

  @Test func `the whole file of the page and its cases hold`() throws {
    let file = try #require(try Self.blocks("policy:").first)
    let answer = PolicyFile.read(file)
    #expect(answer.issues.isEmpty && answer.policy != nil)
    let disputes = try #require(try Self.blocks("- id: disputes-rest").first)
    let rule = disputes.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
    let cases = try #require(try Self.blocks("cases:").first)
    let policy = try #require(PolicyFile.read("policy: x\nrules:\n\(rule)\n\(cases)").policy)
    let results = PolicyEngine(policy).runCases()
    #expect(results.count == 1)
    for result in results { #expect(result.holds, "\(result.differences)") }
  }

  @Test func `the reference names every rule of the default policy and every finding`()
    throws
  {
    let page = try Self.page("docs/reference/policy.md")
    for rule in Policy.standard.rules { #expect(page.contains("`\(rule.id)`")) }
    for code in PolicyCheck.codes { #expect(page.contains("`\(code)`"), "\(code)") }
  }
}
