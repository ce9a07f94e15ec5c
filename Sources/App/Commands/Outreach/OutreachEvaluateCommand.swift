import ActionProtocol
import ArgumentParser
import Decisions

struct OutreachEvaluateCommand: HouseCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "What the guard says of a message, from facts alone.",
    discussion: Examples.after(
      """
      Reads one JSON object a line and answers one a line; no database is read. A line names type,
      channel and now, and what is known: last_to_partner, last_to_address, sent_to (org, partner,
      recipient, domain: lists of moments), suppressions, hours and recipient. rules changes the
      standard. docs/reference/harness.md lists every member.
      """,
      #"echo '{"type": "send_invoice_reminder", "channel": "email", "now": "2026-03-04T15:00:00Z","#
        + #" "last_to_partner": "2026-03-04T14:00:00Z"}' | aiom outreach evaluate"#,
      "aiom outreach evaluate questions.jsonl"))

  @Argument(help: "A file, or - for standard input.", completion: .file(extensions: ["jsonl"]))
  var file = "-"

  @OptionGroup var output: OutputOptions

  func perform(_ console: Console) async throws {
    try JSONLines.answer(file) { line throws(LineIssue) in try Self.members(line) }
  }

  static func members(_ line: JSONLine) throws(LineIssue) -> JSONLines.Members {
    let question = try OutreachQuestionLine(line)
    let verdict = OutreachGuard.evaluate(
      question.message, facts: question.facts, rules: question.rules, now: question.now)
    return VerdictView.members(verdict)
  }
}
