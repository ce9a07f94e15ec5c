import ActionProtocol
import ArgumentParser
import Decisions
import Engine

struct PolicyShowCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "A policy as sentences, as YAML or as JSON.",
    discussion: Examples.after(
      """
      Without a name: the organisation's active policy; where there is no database, the one that AIOM
      brings. An organisation's hours and limits on messages are settings of its own (`aiom org show`)
      and hold besides.
      """,
      "aiom policy show", "aiom policy show --default --yaml > policy.yaml",
      "aiom policy show policy.yaml", "aiom policy show version:3 --yaml"))

  @Argument(help: ArgumentHelp(stringLiteral: PolicySource.storedHelp), completion: .file())
  var file: String?

  @Flag(name: .long, help: "The policy that AIOM brings, whatever else there is.")
  var `default` = false

  @Flag(name: .long, help: "As YAML, to change it.")
  var yaml = false

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let (policy, version) = try await chosen(console)
    console.emit(Self.json(policy, version))
    if !yaml, let version {
      console.say(
        "version \(version.number), active since \(version.at.rfc3339), by "
          + "\(version.author.rawValue): \(DisplayText.line(version.reason))")
    }
    console.show(yaml ? PolicyYAML.write(policy) : Self.text(policy, console))
  }

  private func chosen(_ console: Console) async throws -> (Policy, PolicyVersion?) {
    let name = self.default ? "default" : file ?? PolicySource.active
    guard PolicySource.isStored(name) else { return (try PolicySource.policy(name).policy, nil) }
    let desk: PolicyDesk
    do {
      desk = try await PolicyDesk(Composition.open(global, console))
    } catch let failure as Failure where failure.code == "database.missing" && file == nil {
      return (.standard, nil)
    }
    if let number = PolicySource.version(name) {
      let version = try await desk.book.version(desk.org, number)
      return (try version.policy(), version)
    }
    return try await desk.book.active(desk.org)
  }

  static func json(_ policy: Policy, _ version: PolicyVersion? = nil) -> JSONValue {
    let sentences = policy.rules.map { ($0.id, JSONValue.string(PolicySentences.sentence($0))) }
    return [
      "policy": policy.json, "hash": .string(policy.hash.hex),
      "sentences": .object(JSONObject(sentences)),
      "otherwise": .string(PolicySentences.standard), "version": version?.json ?? .null,
    ]
  }

  private static func text(_ policy: Policy, _ console: Console) -> String {
    let style = console.style
    var text = "\(style.bold(policy.name))  \(style.faint(policy.hash.hex))\n"
    for rule in policy.rules {
      text += "\n\(style.bold(DisplayText.line(rule.title)))  \(style.faint(rule.id))\n"
      let sentences = [PolicySentences.sentence(rule), "Why: " + rule.reason]
      text += sentences.map { Self.paragraph(DisplayText.line($0), console) }.joined()
    }
    text += "\n" + paragraph(PolicySentences.standard, console, indent: "")
    return text
  }

  static func paragraph(
    _ text: String, _ console: Console, indent: String = "  "
  ) -> String {
    DisplayText.wrap(text, width: console.width - indent.count)
      .map { indent + $0 + "\n" }.joined()
  }
}
