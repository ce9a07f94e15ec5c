import Engine

/// A job on the command line: its name, with `-` or `_`.
enum JobNameOption {
  static let all = JobName.allCases.map(\.rawValue)

  static func name(_ text: String) throws -> JobName {
    if let name = JobName(rawValue: text.lowercased().replacing("-", with: "_")) { return name }
    throw Failure(
      .usage, "job.unknown", "There is no job \(DisplayText.line(text)).",
      remedy: "There are: \(all.joined(separator: ", ")).")
  }
}
