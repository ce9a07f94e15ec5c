import ActionProtocol
import ArgumentParser
import Connectors
import Decisions
import Engine
import Logging
import ServiceLifecycle
import UnixSignals
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

      Listens twice. The private listener (127.0.0.1:8080) has /healthz and /readyz. The public one
      (127.0.0.1:8081) takes the provider's webhooks and shows unsubscribe links; it belongs behind
      a proxy or a certificate. A second process on one machine needs other ports, or `off`.

      Stops on SIGTERM or Ctrl-C: takes nothing new, lets running requests and calls end (at most a
      minute), leaves the rest for the next start. Logs go to standard error (AIOM_LOG_LEVEL,
      AIOM_LOG_FORMAT).
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
    let organisations = try await served(by: house)
    let readiness = ServeReadiness(store: house.store)
    let listeners = try ServeListeners(house, readiness, console)
    let engine = ServeEngine(
      loop: loop(house), listeners: listeners, readiness: readiness
    ) { places in
      console.emit(ServeBanner.json(settings, organisations, places))
      console.show(ServeBanner.rendered(settings, organisations, places))
    }
    let result = await Self.run([engine] + listeners.services, house.context.logger)
    await house.channels.shutdown()
    do {
      try result.get()
    } catch let fault as ListenFault {
      throw Failure(listening: fault)
    }
    console.say("Stopped.")
  }

  private func loop(_ house: House) -> EngineLoop {
    let logger = house.context.logger
    return EngineLoop(house.context) { report in
      logger.info(
        "action", metadata: ["id": "\(report.id.rawValue)", "outcome": "\(report.outcome.word)"])
    }
  }

  /// Runs until stopped. Services stop in the reverse order: the doors are shut before the engine
  /// ends its work.
  private static func run(
    _ services: [any Service], _ logger: Logger
  ) async -> Result<Void, any Error> {
    var configuration = ServiceGroupConfiguration(
      services: services.map { .init(service: $0) },
      gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    configuration.maximumGracefulShutdownDuration = .seconds(60)
    do {
      return .success(try await ServiceGroup(configuration: configuration).run())
    } catch {
      return .failure(error)
    }
  }

  /// The engine serves every organisation of the database; a chosen one must exist.
  private func served(by house: House) async throws -> [Organisation] {
    if let chosen = house.settings.organisation {
      _ = try await house.organisation(named: chosen.rawValue)
    }
    let all = try await house.store.read { try $0.organisations() }
    guard all.isEmpty else { return all }
    throw Failure(
      .notConfigured, "org.none", "There is no organisation yet, so there is nothing to serve.",
      remedy: "`aiom init` creates one.")
  }
}
