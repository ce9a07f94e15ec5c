import ActionProtocol
import Connectors
import Decisions

/// A policy named on the command line: a file, or `default` for the one that AIOM brings.
enum PolicySource {
  static let help = "A policy file (YAML or JSON), - for standard input, or default."
  static let storedHelp =
    "A policy file, - for standard input, default, active, or version:N of the organisation."
  /// The organisation's own.
  static let active = "active"

  /// The number of `version:N`.
  static func version(_ name: String) -> Int64? {
    guard name.hasPrefix("version:") else { return nil }
    return Int64(name.dropFirst("version:".count))
  }

  /// Whether the name is of something that only a database holds.
  static func isStored(_ name: String) -> Bool { name == active || version(name) != nil }

  /// - Throws: ``Failure`` naming the cases that do not hold.
  static func casesMustHold(_ policy: Policy) throws {
    let failing = PolicyEngine(policy).runCases().filter { !$0.holds }
    guard !failing.isEmpty else { return }
    throw Failure(
      .refused, "policy.cases",
      failing.map {
        "The case “\($0.name)” does not hold: \($0.differences.joined(separator: "; "))."
      }
      .joined(separator: "\n"),
      remedy: "Correct the rules or the cases; aiom policy check shows each.",
      details: ["cases": .array(failing.map(\.json))])
  }

  /// The policy of a name, with the lines of its rules.
  /// - Throws: ``Failure`` with every issue of the file.
  static func policy(_ name: String) throws -> (policy: Policy, lines: [String: Int]) {
    if name == "default" { return (.standard, [:]) }
    let answer = PolicyFile.read(try InputFile.text(name))
    guard let policy = answer.policy else { throw failure(answer.issues, InputFile.name(name)) }
    return (policy, answer.lines)
  }

  /// A policy that can be used: nothing about it is an error.
  static func usable(_ name: String) throws -> Policy {
    let (policy, lines) = try policy(name)
    let errors = PolicyCheck.issues(policy, lines: lines).filter { $0.severity == .error }
    guard errors.isEmpty else { throw failure(errors, InputFile.name(name)) }
    return policy
  }

  static func failure(_ issues: [PolicyIssue], _ name: String) -> Failure {
    Failure(
      .refused, "policy.invalid",
      "\(name) is no policy that can be used.\n" + issues.map(line).joined(separator: "\n"),
      remedy: "Correct it; docs/reference/policy.md describes every key.",
      details: ["issues": .array(issues.map(\.json))])
  }

  /// An issue on one line: where, what, and what to do.
  static func line(_ issue: PolicyIssue) -> String {
    let line = issue.line > 0 ? "line \(issue.line)" : ""
    let place = [line, issue.path].filter { !$0.isEmpty }.joined(separator: ", ")
    return (place.isEmpty ? "" : place + ": ") + "\(issue.message) \(issue.remedy)"
  }
}
