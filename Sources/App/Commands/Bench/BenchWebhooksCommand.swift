import ActionProtocol
import ArgumentParser
import Foundation

struct BenchWebhooksCommand: HouseCommand {
  static let configuration = CommandConfiguration(
    commandName: "webhooks",
    abstract: "Post many events to a serving process, and count them on the timelines.",
    discussion: Examples.after(
      """
      Sends reminders to a sandbox, then posts the events of a provider about them to the public
      listener of `aiom serve` in a process of its own: as JSON and as forms, out of order, some of
      them twice. Measures from the first byte of a post to the last byte of its answer, which is
      given when the event is durable (synchronous=FULL). At the end every event must stand once on
      its action's timeline. With --kills the server is killed (-9) in between and started again;
      what was not answered is posted again, as the provider does.
      """,
      "aiom bench webhooks", "aiom bench webhooks --posts 10000 --connections 8 --kills 3"))

  @Option(name: .long, help: "How many posts, duplicates included.")
  var posts = 10_000

  @Option(name: .long, help: "Connections at once.")
  var connections = 8

  @Option(name: .long, help: "How many messages the events are about.")
  var messages = 500

  @Option(name: .long, help: "How often the server is killed in between.")
  var kills = 0

  @Option(name: .long, help: "The order of the events.")
  var seed: UInt64 = 1

  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (100...1_000_000).contains(posts) else {
      throw ValidationError("--posts must be from 100 to 1000000")
    }
    guard (1...64).contains(connections) else {
      throw ValidationError("--connections must be from 1 to 64")
    }
    guard (1...10_000).contains(messages) else {
      throw ValidationError("--messages must be from 1 to 10000")
    }
    guard (0...100).contains(kills) else {
      throw ValidationError("--kills must be from 0 to 100")
    }
  }

  func perform(_ console: Console) async throws {
    let folder = try DemoFolder(keep: nil)
    defer { folder.remove() }
    let bench = WebhookBench(
      folder: folder, posts: posts, connections: connections, messages: messages, kills: kills,
      seed: seed)
    let result = try await bench.run { console.note($0) }
    console.emit(json(result))
    show(result, console)
    guard result.lost == 0, result.extra == 0 else {
      throw Failure(
        .internalError, "bench.events_lost",
        "\(result.events) events: \(result.lost) are on no timeline, \(result.extra) too often.",
        remedy: "This is a defect of AIOM: please report it with this line and --seed \(seed).")
    }
  }

  private func json(_ result: WebhookBench.Result) -> JSONValue {
    [
      "posts": .integer(Int64(posts)), "connections": .integer(Int64(connections)),
      "events": .integer(Int64(result.events)), "kills": .integer(Int64(kills)),
      "repeated": .integer(Int64(result.repeated)), "lost": .integer(Int64(result.lost)),
      "extra": .integer(Int64(result.extra)), "seed": .integer(Int64(seed % (1 << 53))),
      "p50_milliseconds": .number(result.latency(0.5)),
      "p99_milliseconds": .number(result.latency(0.99)),
      "max_milliseconds": .number(result.latency(1)),
      "seconds": .number(result.seconds), "settled_seconds": .number(result.settledSeconds),
      "posts_per_second": .number((Double(posts) / result.seconds).rounded()),
    ]
  }

  private func show(_ result: WebhookBench.Result, _ console: Console) {
    let rate = Int(Double(posts) / result.seconds)
    console.say("\(posts) posts over \(connections) connections, \(result.events) events")
    console.say(
      "  p50 \(result.latency(0.5)) ms, p99 \(result.latency(0.99)) ms, max "
        + "\(result.latency(1)) ms, \(rate) posts/s, each durable when answered")
    if kills > 0 {
      console.say("  killed \(kills) times; \(result.repeated) posts had to be repeated")
    }
    console.say(
      "  every event once on its timeline \(result.settledSeconds) s after the last post")
  }
}
