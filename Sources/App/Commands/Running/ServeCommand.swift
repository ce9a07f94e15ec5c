import ActionProtocol
import ArgumentParser
import Connectors
import Decisions
import Engine
import Logging
import ServiceLifecycle
import Web

struct ServeCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Carry out what is approved, and take the provider's reports, until stopped.",
    discussion: Examples.after(
      """
      Takes over what dead processes left, looks each second for actions that are due, runs each
      through the six stages, looks for messages of unknown outcome, ends what has expired. Any
      number of processes may share one database on one machine.

      Runs the jobs too (`aiom job list`), unless another process on the database does.

      Listens twice. The private listener (127.0.0.1:8080) has /healthz, /readyz and /metrics. The
      public one (127.0.0.1:8081) takes the provider's webhooks and shows unsubscribe links; it
      belongs behind a proxy or a certificate. A second process on one machine needs other ports,
      or `off`, or is an `aiom worker`.

      Stops on SIGTERM or Ctrl-C: /readyz says so at once; it takes nothing new, lets running
      requests and calls end (at most AIOM_SHUTDOWN_SECONDS), leaves the rest for the next start. A
      second signal ends it at once. Logs go to standard error (AIOM_LOG_LEVEL, AIOM_LOG_FORMAT).
      """,
      "aiom serve", "AIOM_LOG_FORMAT=json aiom serve 2>> aiom.log",
      "aiom serve --listen off --public-listen off",
      "aiom serve --public-listen 0.0.0.0:8081 --behind-proxy 10.0.0.2"))

  @OptionGroup var global: GlobalOptions
  @OptionGroup var listening: ServeOptions

  func perform(_ console: Console) async throws {
    let flags = global.flags.merging(listening.flags) { _, new in new }
    let settings = try Settings.load(flags: flags)
    settings.warnings.forEach(console.warn)
    let house = try await Composition.open(settings, level: .info)
    let organisations = try await EngineRun.served(by: house)
    let readiness = ServeReadiness(schema: house.schema)
    let listeners = try ServeListeners(house, readiness, console)
    let signUp = try await People(house.access).firstOwnerLink()
    let engine = ServeEngine(
      loop: EngineRun.loop(house), listeners: listeners, readiness: readiness
    ) { places in
      console.emit(ServeBanner.json(settings, organisations, places, signUp))
      console.show(ServeBanner.rendered(settings, organisations, places))
      console.show(ServeBanner.signUp(signUp, places))
    }
    let result = await EngineRun.run(listeners.services(around: engine, readiness), house)
    do {
      try result.get()
    } catch let fault as ListenFault {
      throw Failure(listening: fault)
    }
    console.say("Stopped.")
  }
}
