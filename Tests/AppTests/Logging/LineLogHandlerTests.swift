import ActionProtocol
import Logging
import Testing

@testable import App

@Suite struct LineLogHandlerTests {
  private func line(
    _ message: Logger.Message, _ metadata: Logger.Metadata = [:],
    format: Settings.LogFormat = .text
  ) -> String {
    let handler = LineLogHandler(
      label: "aiom", level: .info, format: format, now: { Instant(milliseconds: 0) })
    return handler.line(
      LogEvent(
        level: .notice, message: message, metadata: metadata, source: "App", file: "f",
        function: "g", line: 1))
  }

  @Test func `a text line has time, level, label, message and sorted fields`() {
    #expect(
      line("action", ["id": "x", "boot": "y"])
        == "1970-01-01T00:00:00.000Z notice aiom: action boot=y id=x")
  }

  @Test func `a JSON line is one object`() {
    #expect(
      line("action", ["id": "x"], format: .json)
        == #"{"at":"1970-01-01T00:00:00.000Z","id":"x","label":"aiom","level":"notice","message":"action"}"#
    )
  }

  @Test func `line breaks cannot make a second line`() {
    #expect(!line("a\nb", ["id": "c\r\nd"]).contains("\n"))
  }

  @Test(
    arguments: [
      "sent to planted.recipient@acme.example now", "key api-PLANTED0000000000000000000000000",
      "to=<planted.recipient@acme.example>", "x:api-PLANTED0000000000000000000000000;",
    ])
  func `what looks like an address or a key is blotted out`(_ text: String) {
    let shown = line("\(text)")
    #expect(!shown.contains("PLANTED"))
    #expect(!shown.contains("planted.recipient"))
  }

  @Test(arguments: ["api-keys pause", "mail @ noon", "@AppStorage", "https://127.0.0.1/v3"])
  func `ordinary words stay`(_ text: String) {
    #expect(line("\(text)").contains(text))
  }
}
