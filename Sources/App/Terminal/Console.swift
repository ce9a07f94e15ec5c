import ActionProtocol
import Foundation

/// Where a command speaks: results to standard output, progress and remarks to standard error.
///
/// Under `--json` standard output carries exactly one JSON value.
struct Console: Sendable {
  let isJSON: Bool
  let style: Style
  let width: Int

  init(json: Bool, environment: [String: String] = ProcessInfo.processInfo.environment) {
    isJSON = json
    style = Style(stream: .output, environment: environment)
    width = min(StandardStream.output.columns, 100)
  }

  /// Whether questions can be asked.
  var canAsk: Bool {
    !isJSON && StandardStream.input.isTerminal && StandardStream.output.isTerminal
  }

  /// A line of the result, for people; nothing under `--json`.
  func say(_ text: String = "") {
    if !isJSON { StandardStream.output.write(text + "\n") }
  }

  /// Text that brings its own line breaks; nothing under `--json`.
  func show(_ text: String) {
    if !isJSON { StandardStream.output.write(text) }
  }

  /// The result as JSON; nothing without `--json`.
  func emit(_ value: @autoclosure () -> JSONValue) {
    if isJSON { StandardStream.output.write(PrettyJSON.encode(value()) + "\n") }
  }

  /// A remark that is no part of the result.
  func note(_ text: String) { StandardStream.error.write(text + "\n") }

  func warn(_ text: String) { note("warning: \(text)") }

  /// What went wrong: for people on standard error, under `--json` as an object.
  func report(_ failure: Failure) {
    if isJSON {
      StandardStream.output.write(PrettyJSON.encode(failure.json) + "\n")
      return
    }
    var text = "error: \(DisplayText.block(failure.message))\n"
    if !failure.remedy.isEmpty { text += "  \(DisplayText.block(failure.remedy))\n" }
    StandardStream.error.write(text)
  }
}
