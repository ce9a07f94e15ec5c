import ActionProtocol

/// Every issue of a document, for people.
enum IssueList {
  static func rendered(_ issues: [ProtocolIssue], style: Style, width: Int) -> String {
    let count = issues.count == 1 ? "1 issue" : "\(issues.count) issues"
    return "\(count):\n" + issues.map { entry($0, style, width) }.joined()
  }

  private static func entry(_ issue: ProtocolIssue, _ style: Style, _ width: Int) -> String {
    let place = issue.pointer.rawValue.isEmpty ? "(document)" : issue.pointer.rawValue
    var text = "\n\(style.bold(DisplayText.line(place)))  \(style.faint(issue.code))\n"
    for sentence in [issue.message, issue.remedy] {
      for line in DisplayText.wrap(DisplayText.block(sentence), width: width - 2) {
        text += "  \(line)\n"
      }
    }
    if let suggestion = issue.suggestion {
      text += "  ready to paste:\n"
      for line in PrettyJSON.encode(suggestion).split(separator: "\n") { text += "    \(line)\n" }
    }
    return text
  }
}
