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
    let review = try review()
    console.emit(review.json)
    for issue in review.issues {
      console.say("\(issue.severity.rawValue): \(DisplayText.line(PolicySource.line(issue)))")
    }
    for one in review.failing {
      console.say(
        "case: \(DisplayText.line(one.name)): " + one.differences.joined(separator: "; ") + ".")
      console.show(PolicyShowCommand.paragraph(one.explanation.text, console))
    }
    guard let policy = review.policy, review.isUsable else { throw ExitCode.refused }
    console.say(
      "usable: \(policy.rules.count) rules, \(review.cases.count) cases hold, hash "
        + policy.hash.hex)
  }

  private func review() throws -> PolicyReview {
    if file == "default" { return PolicyReview(.standard) }
    return PolicyReview(PolicyFile.read(try InputFile.text(file)))
  }
}
