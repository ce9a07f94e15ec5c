import Foundation
import Testing

@testable import App

/// A program with an agent's token that knows every command and every option.
@Suite struct AgentDoorTests {
  /// A command as the program itself describes it.
  struct Leaf: Sendable {
    let words: [String]
    /// What has to be given: positions by nil, options by their flag.
    let needed: [(flag: String?, name: String)]
    let hasYes: Bool
  }

  /// Long-running ones; they show no credential, take what is approved, and approve nothing.
  private static let running: Set<String> = [
    "serve", "worker", "sandbox", "demo", "bench", "completions", "help",
  ]

  private static func leaves(_ command: [String: Any], _ words: [String]) -> [Leaf] {
    let name = command["commandName"] as? String ?? ""
    let path = words + [name]
    if path.count == 2, running.contains(name) { return [] }
    let children = (command["subcommands"] as? [[String: Any]] ?? [])
      .filter { $0["commandName"] as? String != "help" }
    guard children.isEmpty else { return children.flatMap { leaves($0, path) } }
    let arguments = command["arguments"] as? [[String: Any]] ?? []
    let needed = arguments.filter { $0["isOptional"] as? Bool == false }.map { argument in
      let names = argument["names"] as? [[String: Any]] ?? []
      let long = names.first { $0["kind"] as? String == "long" }?["name"] as? String
      return (
        flag: argument["kind"] as? String == "positional" ? nil : long.map { "--\($0)" },
        name: argument["valueName"] as? String ?? ""
      )
    }
    let hasYes = arguments.contains { argument in
      (argument["names"] as? [[String: Any]])?.contains { $0["name"] as? String == "yes" } == true
    }
    return [Leaf(words: Array(path.dropFirst()), needed: needed, hasYes: hasYes)]
  }

  @Test func `no command lets an agent's token decide or change who may`() async throws {
    try await AccessCommandTests.withAcme { binary, id in
      try await AccessCommandTests.addOwner(binary)
      try await AccessCommandTests.login(binary)
      let made = try await binary.run(
        "token", "create", "bot", "--agent", "--scopes", "read,propose,suppress", "--json")
      var agent = binary
      agent.environment["AIOM_TOKEN"] = try #require(try made.json()["token"] as? String)
      let description = try await binary.run("--experimental-dump-help")
      let root = try #require(try description.json()["command"] as? [String: Any])
      let leaves = Self.leaves(root, [])
      #expect(leaves.count > 60)
      let before = try await Self.state(binary)
      for leaf in leaves where leaf.words != ["logout"] && leaf.words != ["login"] {
        var arguments = leaf.words
        for (flag, name) in leaf.needed {
          if let flag { arguments.append(flag) }
          arguments.append(Self.value(name, id))
        }
        if leaf.hasYes { arguments.append("--yes") }
        _ = try await agent.run(arguments, input: "y\nyes\n\(AccessCommandTests.password)\n")
      }
      let after = try await Self.state(binary)
      #expect(after == before)
      #expect(after.contains { $0.contains("pending_approval") })
    }
  }

  private static func value(_ name: String, _ id: String) -> String {
    switch name {
    case "id", "action", "action-id": id
    case "person": "ann"
    case "rights", "scopes": "read,decide"
    case "role": "owner"
    case "reason", "name", "title": "because"
    default: "1"
    }
  }

  /// What no agent may have changed: each action's status, the persons, the stop, the org.
  private static func state(_ binary: Binary) async throws -> [String] {
    var state: [String] = []
    for words in [
      ["action", "list", "--json"], ["person", "list", "--json"], ["role", "list", "--json"],
      ["org", "show", "--json"], ["org", "list", "--json"],
    ] {
      state.append(try await binary.run(words).text)
    }
    return state
  }
}
