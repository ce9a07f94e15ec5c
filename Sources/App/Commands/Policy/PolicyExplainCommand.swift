import ActionProtocol
import ArgumentParser
import Connectors
import Decisions
import Engine

struct PolicyExplainCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "What a policy says of an action, why, and what would change it.",
    discussion: Examples.after(
      """
      Of an action: the decision that was stored with it, on the facts of then, under the version that
      decided.

      With --facts: what a policy would say. The facts are a file (YAML or JSON) with action_type,
      facts and, where caps count, caps. What it does not say is as usual: nothing counted, a customer
      on a Wednesday at ten, proposed by AIOM's own analysis.
      """,
      "aiom policy explain 0193f2", "aiom policy explain --facts facts.yaml",
      #"echo '{"action_type": "create_follow_up_task"}' | aiom policy explain --facts -"#,
      "aiom policy explain policy.yaml --facts facts.yaml --json"))

  @Argument(
    help: "An action's id or its first characters; with --facts a policy file, - or default.",
    completion: .file())
  var subject: String?

  @Option(name: .long, help: "The facts: a file, or - for standard input.", completion: .file())
  var facts: String?

  @Option(name: .long, help: "The action's revision; without it, the newest.")
  var revision: Int?

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let explanation: PolicyExplanation
    if let facts {
      let engine = PolicyEngine(try PolicySource.usable(subject ?? "default"))
      explanation = engine.explain(try readFacts(facts, engine))
    } else {
      explanation = try await stored(console)
    }
    console.emit(explanation.json)
    console.show(Self.text(explanation, console))
  }

  private func stored(_ console: Console) async throws -> PolicyExplanation {
    guard let subject else {
      throw Failure(
        .usage, "policy.subject", "Neither an action nor facts are named.",
        remedy: "Name an action (aiom action list), or facts with --facts FILE.")
    }
    let desk = try await ActionDesk(Composition.open(global, console))
    let id = try await desk.find(subject).id
    let found = try await PolicyHistory(desk.house.context).explanation(
      desk.org, id, revision: revision)
    guard let found else {
      throw Failure(
        .refused, "policy.no_decision",
        "No decision of a policy is stored for \(id.rawValue)"
          + (revision.map { " at revision \($0)." } ?? "."),
        remedy: "It was made before policies were stored, or has no such revision.")
    }
    return found
  }

  private func readFacts(_ facts: String, _ engine: PolicyEngine) throws -> PolicyFacts {
    let document: PolicyNode
    switch PolicyFile.document(try InputFile.text(facts)) {
    case .success(let node): document = node
    case .failure(let issue): throw failure(facts, [issue])
    }
    let (found, issues) = PolicyReader.readFacts(document, assumingTypical: true)
    guard let found else { throw failure(facts, issues) }
    return found.uncountedAsEmpty(engine)
  }

  private func failure(_ facts: String, _ issues: [PolicyIssue]) -> Failure {
    Failure(
      .refused, "policy.facts",
      "\(InputFile.name(facts)) says no facts that can be used.\n"
        + issues.map(PolicySource.line).joined(separator: "\n"),
      remedy: "Correct them; aiom policy fields lists what there is.",
      details: ["issues": .array(issues.map(\.json))])
  }

  static func text(_ explanation: PolicyExplanation, _ console: Console) -> String {
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
    let version = explanation.version.map { " version \($0)" } ?? ""
    return text
      + style.faint("\npolicy \(explanation.policy)\(version), \(explanation.hash.hex)\n")
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
