import ActionProtocol
import ArgumentParser
import Connectors
import Decisions

struct PolicyCheckCommand: HouseCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check a policy file: every key, what its rules make of each other, its cases.",
    discussion: Examples.after(
      """
      Exit code 0 where it can be used, 1 where something is an error or a case does not hold.
      Warnings are told and change nothing.
      """,
      "aiom policy check policy.yaml", "aiom policy check - --json < policy.yaml"))

  @Argument(help: ArgumentHelp(stringLiteral: PolicySource.help), completion: .file())
  var file: String

  @OptionGroup var output: OutputOptions

  func perform(_ console: Console) async throws {
    let (policy, issues) = try read()
    let cases = policy.map { PolicyEngine($0).runCases() } ?? []
    let failing = cases.filter { !$0.holds }
    let isUsable = policy != nil && !issues.contains { $0.severity == .error } && failing.isEmpty
    console.emit(Self.json(policy, issues, cases, isUsable))
    for issue in issues {
      console.say("\(issue.severity.rawValue): \(DisplayText.line(PolicySource.line(issue)))")
    }
    for one in failing {
      console.say(
        "case: \(DisplayText.line(one.name)): " + one.differences.joined(separator: "; ") + ".")
      console.show(PolicyShowCommand.paragraph(one.explanation.text, console))
    }
    guard let policy, isUsable else { throw ExitCode.refused }
    console.say(
      "usable: \(policy.rules.count) rules, \(cases.count) cases hold, hash \(policy.hash.hex)")
  }

  private func read() throws -> (Policy?, [PolicyIssue]) {
    if file == "default" { return (.standard, PolicyCheck.issues(.standard)) }
    let answer = PolicyFile.read(try InputFile.text(file))
    guard let policy = answer.policy else { return (nil, answer.issues) }
    return (policy, PolicyCheck.issues(policy, lines: answer.lines))
  }

  private static func json(
    _ policy: Policy?, _ issues: [PolicyIssue], _ cases: [PolicyCaseResult], _ isUsable: Bool
  ) -> JSONValue {
    [
      "usable": .bool(isUsable), "issues": .array(issues.map(\.json)),
      "cases": .array(cases.map(\.json)),
      "rules": .integer(Int64(policy?.rules.count ?? 0)),
      "hash": policy.map { .string($0.hash.hex) } ?? .null,
    ]
  }
}
