import ActionProtocol
import ArgumentParser

struct ProtocolValidateCommand: HouseCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check whether a proposal keeps the protocol; name every issue at once.",
    discussion: Examples.after(
      """
      Exit code 0 when it does, 1 with every issue when it does not. Each issue has a JSON pointer,
      a stable code, what to do, and where possible a value ready to paste.

      With --lines, each line of the input is one proposal and each line of the output one answer,
      {"valid": true} or {"valid": false, "issues": [...]}; the exit code is then 0.
      """,
      "aiom protocol validate proposal.json",
      "aiom protocol validate - --json < proposal.json",
      "aiom protocol validate - --lines < proposals.jsonl"))

  @Argument(help: "A file, or - for standard input.", completion: .file(extensions: ["json"]))
  var file: String

  @Flag(name: .long, help: "One JSON document per line in, one answer per line out.")
  var lines = false

  @OptionGroup var output: OutputOptions

  func perform(_ console: Console) async throws {
    if lines { return try validateLines() }
    let issues = Self.issues(try InputFile.bytes(file))
    console.emit(Self.answer(issues))
    guard issues.isEmpty else {
      console.show(IssueList.rendered(issues, style: console.style, width: console.width))
      throw ExitCode.refused
    }
    console.say("valid: the proposal keeps Action Protocol v1.1")
  }

  private func validateLines() throws {
    let bytes = try InputFile.bytes(file, limit: 1 << 30)
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let answer = CanonicalJSON.encode(Self.answer(Self.issues(Array(line))))
      StandardStream.output.write(String(decoding: answer, as: UTF8.self) + "\n")
    }
  }

  private static func issues(_ bytes: [UInt8]) -> [ProtocolIssue] {
    switch ProposalReader.read(bytes) {
    case .success: []
    case .failure(let failure): failure.issues
    }
  }

  private static func answer(_ issues: [ProtocolIssue]) -> JSONValue {
    issues.isEmpty
      ? ["valid": true]
      : ["valid": false, "issues": .array(issues.map(\.json))]
  }
}
