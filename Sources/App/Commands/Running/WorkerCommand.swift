import ActionProtocol
import ArgumentParser
import Engine
import Logging
import ServiceLifecycle

struct WorkerCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker",
    abstract: "Carry out what is approved and run the jobs, until stopped; listens nowhere.",
    discussion: Examples.after(
      """
      The same work as `aiom serve`, without its listeners: no webhooks, no health, no metrics. Any
      number of workers may share one database with each other and with `serve`; each action is
      carried out by one of them, once, and when one dies the others go on with what it had.

      Stops on SIGTERM or Ctrl-C: takes nothing new, lets running calls end (at most
      AIOM_SHUTDOWN_SECONDS), leaves the rest to the others; a second signal ends it at once. Logs go to standard error (AIOM_LOG_LEVEL, AIOM_LOG_FORMAT).
      """,
      "aiom worker", "AIOM_LOG_FORMAT=json aiom worker 2>> worker.log"))

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let settings = try Composition.settings(global, console)
    let house = try await Composition.open(settings, level: .info)
    let organisations = try await EngineRun.served(by: house)
    console.emit(ServeBanner.json(settings, organisations, [:]))
    console.show(ServeBanner.rendered(settings, organisations, [:]))
    let result = await EngineRun.run([EngineRun.loop(house)], house)
    try result.get()
    console.say("Stopped.")
  }
}
