import ActionProtocol
import ArgumentParser
import Connectors
import Decisions

struct PolicyExplainCommand: HouseCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "What a policy says of an action, why, and what would change it.",
    discussion: Examples.after(
      """
      The facts are a file (YAML or JSON) with action_type, facts and, where caps count, caps. What it
      does not say is as usual: nothing counted, a customer on a Wednesday at ten, proposed by AIOM's
      own analysis.
      """,
      "aiom policy explain --facts facts.yaml",
      #"echo '{"action_type": "create_follow_up_task"}' | aiom policy explain --facts -"#,
      "aiom policy explain policy.yaml --facts facts.yaml --json"))

  @Argument(help: ArgumentHelp(stringLiteral: PolicySource.help), completion: .file())
  var file = "default"

  @Option(name: .long, help: "The facts: a file, or - for standard input.", completion: .file())
  var facts: String

  @OptionGroup var output: OutputOptions

  func perform(_ console: Console) async throws {
    let engine = PolicyEngine(try PolicySource.usable(file))
    let explanation = engine.explain(try readFacts(engine))
    console.emit(explanation.json)
    console.show(Self.text(explanation, console))
  }

  private func readFacts(_ engine: PolicyEngine) throws -> PolicyFacts {
    let document: PolicyNode
    switch PolicyFile.document(try InputFile.text(facts)) {
    case .success(let node): document = node
    case .failure(let issue): throw failure([issue])
    }
    let (found, issues) = PolicyReader.readFacts(document, assumingTypical: true)
    guard let found else { throw failure(issues) }
    return found.uncountedAsEmpty(engine)
  }

  private func failure(_ issues: [PolicyIssue]) -> Failure {
    Failure(
      .refused, "policy.facts",
      "\(InputFile.name(facts)) says no facts that can be used.\n"
        + issues.map(PolicySource.line).joined(separator: "\n"),
      remedy: "Correct them; aiom policy fields lists what there is.",
      details: ["issues": .array(issues.map(\.json))])
  }

  private static func text(_ explanation: PolicyExplanation, _ console: Console) -> String {
    let style = console.style
    var text = PolicyShowCommand.paragraph(
      DisplayText.line(explanation.text), console, indent: "")
    text += "\n"
    for line in explanation.considered {
      let finding = line.fault?.words ?? (line.part == .notApplied ? line.finding?.words : nil)
      text += "\(mark(line.part)) \(style.bold(line.rule))"
      text += finding.map { ": \(DisplayText.line($0))\n" } ?? "\n"
    }
    if let shadow = explanation.shadow {
      let rules = explanation.shadowRules.joined(separator: ", ")
      text += "\nWith the rules in shadow (\(rules)): \(shadow.verdict.kind.rawValue).\n"
    }
    if !explanation.changes.isEmpty { text += "\n" }
    for change in explanation.changes { text += DisplayText.line(change.words) + "\n" }
    return text + style.faint("\npolicy \(explanation.policy), \(explanation.hash.hex)\n")
  }

  private static func mark(_ part: PolicyExplanation.Line.Part) -> String {
    switch part {
    case .won: "decides    "
    case .applied: "applies    "
    case .hasRoom: "has room   "
    case .notApplied: "does not   "
    case .error: "error      "
    }
  }
}

extension PolicyFacts {
  /// The same facts, with every cap that was not counted counted as empty.
  func uncountedAsEmpty(_ engine: PolicyEngine) -> PolicyFacts {
    var facts = self
    for (rule, _) in engine.caps(on: type) where facts.caps[rule.id] == nil {
      facts.caps[rule.id] = CapUse()
    }
    return facts
  }
}
