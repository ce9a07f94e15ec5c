import ActionProtocol
import ArgumentParser
import Decisions

struct PolicyShowCommand: HouseCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "A policy as sentences, as YAML or as JSON.",
    discussion: Examples.after(
      "Without a file: the policy that AIOM brings.",
      "aiom policy show", "aiom policy show --default --yaml > policy.yaml",
      "aiom policy show policy.yaml"))

  @Argument(help: ArgumentHelp(stringLiteral: PolicySource.help), completion: .file())
  var file = "default"

  @Flag(name: .long, help: "The policy that AIOM brings, whatever else there is.")
  var `default` = false

  @Flag(name: .long, help: "As YAML, to change it.")
  var yaml = false

  @OptionGroup var output: OutputOptions

  func perform(_ console: Console) async throws {
    let (policy, _) = try PolicySource.policy(self.default ? "default" : file)
    console.emit(Self.json(policy))
    console.show(yaml ? PolicyYAML.write(policy) : Self.text(policy, console))
  }

  static func json(_ policy: Policy) -> JSONValue {
    let sentences = policy.rules.map { ($0.id, JSONValue.string(PolicySentences.sentence($0))) }
    return [
      "policy": policy.json, "hash": .string(policy.hash.hex),
      "sentences": .object(JSONObject(sentences)),
      "otherwise": .string(PolicySentences.standard),
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
