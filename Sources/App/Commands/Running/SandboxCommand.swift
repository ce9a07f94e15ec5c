import ActionProtocol
import ArgumentParser
import Foundation
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
      Listens on 127.0.0.1 only and delivers nothing. Its web page shows what arrived; its
      webhooks post to this machine only. Under AIOM_DELIVERY=sandbox, the default, aiom sends
      here.

      --fault strikes the next COUNT messages, or all of them without a count. A file for
      --faults holds a sequence: [{"fault": "http_429", "count": 2}, {"fault": "none",
      "count": 10}], or {"faults": [...], "cycle": true}. A single request asks for a fault by
      the header X-Sandbox-Fault or by a recipient fault.NAME+anything@....

      Recipients bounce+ann@..., softbounce+, reject+, complain+, unsubscribe+, open+, click+
      and silent+ do what they are called.

      Faults: \(SandboxFault.allCases.map(\.rawValue).joined(separator: ", ")).
      """,
      "aiom sandbox", "aiom sandbox --port 9000 --state outbox.jsonl",
      "aiom sandbox --fault hang_after_accepting:1",
      "aiom sandbox --faults faults.json --webhook-retry-scale 0.001",
      "aiom sandbox --keys keys.json --domain example.com"))

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

  @Option(
    name: .long, help: "Go wrong in the sequence of this file.",
    completion: .file(extensions: ["json"]))
  var faults: String?

  @Option(name: .long, help: "A further key to accept, for other programs. May be repeated.")
  var key: [String] = []

  @Option(
    name: .long,
    help: "Keys with endpoints, status, limit and region: a JSON array of objects.",
    completion: .file(extensions: ["json"]))
  var keys: String?

  @Option(
    name: .long,
    help: "A verified sender domain; with this or --sender, all others are refused. Repeatable.")
  var domain: [String] = []

  @Option(name: .long, help: "A verified single sender. May be repeated.")
  var sender: [String] = []

  @Option(
    name: .long,
    help: "What the waits of webhook retries are multiplied with; 1 is the provider's pace.")
  var webhookRetryScale = SandboxConfiguration.defaultRetryScale

  @OptionGroup var output: OutputOptions

  func perform(_ console: Console) async throws {
    let wanted = try fault.map(SandboxFaultOption.init)
    let schedule = try faults.map { try FaultSchedule(json: Self.bytes(of: $0, "faults")) }
    let logger = Logger(label: "sandbox") { label in
      LineLogHandler(label: label, level: .notice, format: .text)
    }
    let server = SandboxServer(configuration: try configured(), logger: logger)
    if let schedule { server.setFaults(schedule) }
    if let wanted { server.setFault(wanted.fault, count: wanted.count) }
    let bound = try await server.start()
    announce(bound, console)
    let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
    for await _ in signals { break }
    try await server.stop()
    console.say("Stopped.")
  }

  private func configured() throws -> SandboxConfiguration {
    guard (0...65_535).contains(port) else {
      throw Failure(
        .usage, "sandbox.port", "--port must be from 0 to 65535.", remedy: "Leave it out for 8025.")
    }
    guard (0...100).contains(webhookRetryScale) else {
      throw Failure(
        .usage, "sandbox.webhook_retry_scale", "--webhook-retry-scale must be from 0 to 100.",
        remedy: "Leave it out; 0 posts again at once, 1 waits as long as the provider.")
    }
    var configuration = SandboxConfiguration(
      port: port, keys: [SandboxConfiguration.defaultKey] + key, stateFile: state)
    if let keys {
      configuration.furtherKeys = try SandboxKey.list(json: Self.bytes(of: keys, "keys"))
    }
    if !domain.isEmpty || !sender.isEmpty {
      configuration.verifiedDomains = domain
      configuration.verifiedSenders = sender
    }
    configuration.webhookRetryScale = webhookRetryScale
    return configuration
  }

  private static func bytes(of path: String, _ option: String) throws -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure(
        .usage, "sandbox.\(option)_unreadable",
        "The file for --\(option) cannot be read: \(DisplayText.line(path)).",
        remedy: "Check its name and its permissions.")
    }
    return Array(data)
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
    if let faults { console.say("  faults   \(DisplayText.line(faults))") }
  }
}
