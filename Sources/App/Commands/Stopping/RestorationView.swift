import ActionProtocol
import Engine

/// What came of reconciling a restored database, in words.
enum RestorationView {
  static func json(_ report: RestorationReport) -> JSONValue {
    [
      "done": .bool(report.isDone),
      "known_until": report.knownUntil.map { .string($0.rfc3339) } ?? .null,
      "completed": .integer(Int64(report.completed)),
      "unknown": .integer(Int64(report.unknown)),
      "asked_again": .integer(Int64(report.askedAgain)),
      "foreign": .integer(Int64(report.foreign)),
      "failures": .array(
        report.failures.map { ["org": .string($0.org.rawValue), "code": .string($0.code)] }),
    ]
  }

  static func progress(_ report: RestorationReport) -> String {
    "reconciling: \(report.completed) completed, \(report.askedAgain) asked again"
  }

  static func rendered(_ report: RestorationReport) -> String {
    var text = ""
    func line(_ count: Int, _ words: String) {
      if count > 0 { text += "  \(count) \(words)\n" }
    }
    line(report.completed, "had gone out after the backup: completed, never sent again")
    line(report.unknown, "were being carried out: their outcome is unknown and looked for")
    line(
      report.askedAgain, "were approved and are not in the activity: they wait for your approval")
    line(report.foreign, "messages are of actions that this database does not know")
    for failure in report.failures {
      text += "  \(failure.org.rawValue): the activity could not be read (\(failure.code))\n"
    }
    let title = report.isDone ? "Reconciled with the provider's activity:" : "Not reconciled:"
    guard !text.isEmpty else {
      return report.isDone ? "Reconciled: nothing was left to do.\n" : ""
    }
    if report.foreign > 0 {
      text += "  Do not propose those again without looking at SMTP2GO's activity page.\n"
    }
    return "\(title)\n\(text)"
  }

  static func refusal(_ report: RestorationReport) -> Failure {
    let places = report.failures.map { "\($0.org.rawValue): \($0.code)" }.joined(separator: ", ")
    return Failure(
      .unavailable, "restore.activity_unreadable",
      "The provider's activity cannot be read (\(places)), so nobody knows what has gone out since "
        + "the backup. It stays stopped.",
      remedy: "Allow the key /activity/search and try again. `--without-activity` goes on all the "
        + "same: then look at SMTP2GO's activity page before you approve anything again.",
      details: ["restoration": json(report)])
  }
}
