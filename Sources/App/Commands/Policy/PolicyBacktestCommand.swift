import ActionProtocol
import ArgumentParser
import Decisions
import Foundation

struct PolicyBacktestCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "backtest",
    abstract: "Two policies on the decisions of the past: what would be different.",
    discussion: Examples.after(
      """
      Without a file of decisions the organisation's own past is used: all that its policies decided,
      with the facts of then and what came of it.

      The decisions of a file are JSON lines in order of time: id, at, action_type, facts, keys
      (partner, recipient, proposer: whom caps count it for) and outcome (approved, rejected, auto,
      denied, expired). Caps are counted anew for each policy. Nothing is assumed: a fact that a line
      lacks makes rules that look at it fail.
      """,
      "aiom policy backtest active policy.yaml",
      "aiom policy backtest default policy.yaml --decisions decisions.jsonl"))

  @Argument(
    help: ArgumentHelp(stringLiteral: "The policy of now. " + PolicySource.storedHelp),
    completion: .file())
  var old: String

  @Argument(help: "The policy to try, named in the same way.", completion: .file())
  var new: String

  @Option(name: .long, help: "The decisions: a file, or - for standard input.", completion: .file())
  var decisions: String?

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let test: PolicyBacktest
    if let decisions, !PolicySource.isStored(old), !PolicySource.isStored(new) {
      test = try await run(
        PolicySource.usable(old), PolicySource.usable(new), Self.lines(decisions), console)
    } else {
      let desk = try await PolicyDesk(Composition.open(global, console))
      let (old, new) = (try await desk.policy(old), try await desk.policy(new))
      test =
        if let decisions {
          try await run(old, new, Self.lines(decisions), console)
        } else {
          try await desk.backtest(old, new, console)
        }
    }
    console.emit(test.json)
    console.show(Self.text(test, console))
  }

  private static func lines(_ decisions: String) throws -> LineReader {
    try LineReader(
      InputFile.handle(decisions), name: InputFile.name(decisions), limit: ValueLines.limit)
  }

  /// So many lines are understood together, so many of them by one task.
  private static let batch = (lines: 2000, share: 250)

  private func run(
    _ old: Policy, _ new: Policy, _ lines: LineReader, _ console: Console
  ) async throws -> PolicyBacktest {
    var test = PolicyBacktest(old: PolicyEngine(old), new: PolicyEngine(new))
    let progress = ProgressLine(quiet: console.isJSON)
    defer { progress.end() }
    var current = await understood(try Self.next(lines), after: 0)
    while !current.isEmpty {
      // The next lines are understood while these are decided on.
      let (following, done) = (try Self.next(lines), test.count)
      let read = done + current.count
      async let next = understood(following, after: read)
      for (index, past) in current.enumerated() {
        guard test.add(try past.get()) else {
          throw refusal(
            done + index + 1, "It is earlier than the line before.", "Sort the file by at.")
        }
      }
      progress.show("\(test.count) decisions")
      current = await next
    }
    return test
  }

  private static func next(_ lines: LineReader) throws -> [LineReader.Line] {
    var next: [LineReader.Line] = []
    while next.count < batch.lines, let line = try lines.next() { next.append(line) }
    return next
  }

  /// - Parameter done: how many lines stand before them in the file.
  private func understood(
    _ lines: [LineReader.Line], after done: Int
  ) async -> [Result<PastDecision, any Error>] {
    await withTaskGroup(of: (Int, [Result<PastDecision, any Error>]).self) { group in
      for start in stride(from: 0, to: lines.count, by: Self.batch.share) {
        let part = lines[start..<min(start + Self.batch.share, lines.count)]
        group.addTask {
          (
            start,
            zip(part, part.indices).map { line, index in
              Result { try read(line, done + index + 1) }
            }
          )
        }
      }
      var parts: [(Int, [Result<PastDecision, any Error>])] = []
      for await part in group { parts.append(part) }
      return parts.sorted { $0.0 < $1.0 }.flatMap(\.1)
    }
  }

  private func read(_ line: LineReader.Line, _ number: Int) throws -> PastDecision {
    guard case .bytes(let bytes) = line, case .success(let json) = JSONReader.read(bytes) else {
      throw refusal(number, "It is not one JSON object.", "Write one decision on one line.")
    }
    let (past, issues) = PastDecision.read(json)
    guard let past else {
      let words = issues.map { "\($0.path): \($0.message) \($0.remedy)" }
      throw refusal(number, words.joined(separator: " "), "Correct the line.")
    }
    return past
  }

  private func refusal(_ line: Int, _ problem: String, _ remedy: String) -> Failure {
    Failure(
      .refused, "policy.decisions",
      "Line \(line) of \(InputFile.name(decisions ?? "-")): \(problem)",
      remedy: remedy, details: ["line": .integer(Int64(line))])
  }

  static func text(_ test: PolicyBacktest, _ console: Console) -> String {
    let kinds = PolicyVerdict.Kind.allCases
    var table = TextTable([.left("old \\ new")] + kinds.map { .right($0.rawValue) })
    for old in kinds {
      table.add([old.rawValue] + kinds.map { String(test.matrix[old]?[$0] ?? 0) })
    }
    var text = "\(test.count) decisions\n\n" + table.rendered(style: console.style) + "\n"
    let lists = [
      ("refused by persons, would go by itself", test.refusedWouldGo),
      ("approved by persons, would be refused", test.approvedWouldBeRefused),
      ("would newly go by itself", test.wouldGoByItself),
      ("a rule cannot be evaluated", test.alerts),
    ]
    for (title, list) in lists {
      let ids = list.ids.prefix(5).map { DisplayText.line($0) }.joined(separator: ", ")
      let more = list.count > 5 ? ", …" : ""
      text += "\(title): \(list.count)" + (ids.isEmpty ? "\n" : " (\(ids)\(more))\n")
    }
    text += "questions saved in a week: " + String(format: "%.1f", test.promptsSavedPerWeek) + "\n"
    if !test.neverHit.isEmpty {
      text += "rules that never applied: \(test.neverHit.joined(separator: ", "))\n"
    }
    return text
  }
}
