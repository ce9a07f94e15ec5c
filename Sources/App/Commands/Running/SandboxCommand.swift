import ActionProtocol
import ArgumentParser
import Logging
import Sandbox
import ServiceLifecycle
import UnixSignals

struct SandboxCommand: HouseCommand {
  static let configuration = CommandConfiguration(
    commandName: "sandbox",
    abstract: "Run a local SMTP2GO on this machine, with an outbox to look at.",
    discussion: Examples.after(
      """
      Listens on 127.0.0.1 only and delivers nothing. Its web page shows what arrived. Under
      AIOM_DELIVERY=sandbox, the default, aiom sends here.

      Faults: \(SandboxFault.allCases.map(\.rawValue).joined(separator: ", ")).
      It strikes the next COUNT messages, or all of them without a count. Sequences and other
      endpoints: POST /_sandbox/faults.
      """,
      "aiom sandbox", "aiom sandbox --port 9000 --state outbox.jsonl",
      "aiom sandbox --fault hang_after_accepting:1"))

  @Option(name: .long, help: "The port; 0 takes a free one.")
  var port = 8025

  @Option(
    name: .long, help: "Keep what arrives in this file over a restart.",
    completion: .file(extensions: ["jsonl"]))
  var state: String?

  @Option(
    name: .long, help: "Go wrong on purpose: NAME or NAME:COUNT.",
    completion: .list(SandboxFault.allCases.map(\.rawValue)))
  var fault: String?

  @Option(name: .long, help: "A further key to accept, for other programs. May be repeated.")
  var key: [String] = []

  @OptionGroup var output: OutputOptions

  func perform(_ console: Console) async throws {
    guard (0...65_535).contains(port) else {
      throw Failure(
        .usage, "sandbox.port", "--port must be from 0 to 65535.", remedy: "Leave it out for 8025.")
    }
    let wanted = try fault.map(SandboxFaultOption.init)
    let keys = [SandboxConfiguration.defaultKey] + key
    let logger = Logger(label: "sandbox") { label in
      LineLogHandler(label: label, level: .notice, format: .text)
    }
    let server = SandboxServer(
      configuration: SandboxConfiguration(port: port, keys: keys, stateFile: state), logger: logger)
    if let wanted { server.setFault(wanted.fault, count: wanted.count) }
    let bound = try await server.start()
    announce(bound, console)
    let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
    for await _ in signals { break }
    try await server.stop()
    console.say("Stopped.")
  }

  private func announce(_ port: Int, _ console: Console) {
    console.emit([
      "url": .string("http://127.0.0.1:\(port)/v3"), "page": .string("http://127.0.0.1:\(port)/"),
      "key": .string(SandboxConfiguration.defaultKey),
    ])
    console.say("A local SMTP2GO. Nothing leaves this machine. Ctrl-C stops it.")
    console.say("  outbox   http://127.0.0.1:\(port)/")
    console.say("  API      http://127.0.0.1:\(port)/v3")
    console.say("  key      \(SandboxConfiguration.defaultKey)")
    if port != 8025 { console.say("  use it   SMTP2GO_URL=http://127.0.0.1:\(port)/v3 aiom serve") }
    if let fault { console.say("  fault    \(DisplayText.line(fault))") }
  }
}
