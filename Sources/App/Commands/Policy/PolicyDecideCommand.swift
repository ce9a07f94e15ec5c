import ActionProtocol
import ArgumentParser
import Decisions

struct PolicyDecideCommand: HouseCommand {
  static let configuration = CommandConfiguration(
    commandName: "decide",
    abstract: "What a policy says of facts, one JSON line in, one out.",
    discussion: Examples.after(
      """
      A line names action_type, facts by the names of `aiom policy fields`, and caps: what each rule's
      cap has counted. What is not said is as usual; with "complete": true it counts as not given,
      which denies where a rule looks at it.
      """,
      #"echo '{"action_type": "create_follow_up_task", "facts": {"proposer.kind": "agent"}}'"#
        + " | aiom policy decide",
      "aiom policy decide facts.jsonl --policy policy.yaml"))

  @Argument(help: "A file, or - for standard input.", completion: .file(extensions: ["jsonl"]))
  var file = "-"

  @Option(name: .long, help: ArgumentHelp(stringLiteral: PolicySource.help), completion: .file())
  var policy = "default"

  @OptionGroup var output: OutputOptions

  func perform(_ console: Console) async throws {
    let engine = PolicyEngine(try PolicySource.usable(policy))
    try JSONLines.answer(file) { line throws(LineIssue) in try Self.members(line, engine) }
  }

  static func members(
    _ line: JSONLine, _ engine: PolicyEngine
  ) throws(LineIssue) -> JSONLines.Members {
    let isComplete = try line.flag("complete")
    let (found, issues) = PolicyReader.readFacts(
      PolicyNode(.object(line.members)), assumingTypical: !isComplete, beside: ["complete"])
    guard let found else {
      let first = issues.first
      throw LineIssue(
        first?.code ?? "facts", issues.map { "\($0.path): \($0.message)" }.joined(separator: " "),
        first?.remedy ?? "")
    }
    let facts = isComplete ? found : found.uncountedAsEmpty(engine)
    let explanation = engine.explain(facts)
    guard let members = explanation.json.objectValue else { return [] }
    return members.members.map { ($0.key, $0.value) }
  }
}
