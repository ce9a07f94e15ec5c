import ActionProtocol
import ArgumentParser
import Connectors
import Decisions
import Engine
import Logging
import ServiceLifecycle
import UnixSignals

struct ServeCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Carry out what is approved, when it may; until stopped.",
    discussion: Examples.after(
      """
      Takes over what dead processes left, looks each second for actions that are due, runs each
      through the six stages, looks for messages of unknown outcome, ends what has expired. Any
      number of processes may share one database on one machine.

      Stops on SIGTERM or Ctrl-C: takes nothing new, lets running calls end, leaves the rest for
      the next start. Logs go to standard error (AIOM_LOG_LEVEL, AIOM_LOG_FORMAT).
      """,
      "aiom serve", "AIOM_LOG_FORMAT=json aiom serve 2>> aiom.log",
      "SMTP2GO_URL=http://127.0.0.1:8025/v3 aiom serve"))

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let house = try await Composition.open(global, console, level: .info)
    let organisations = try await house.store.read { try $0.organisations() }
    let served = try await served(by: house, all: organisations)
    console.emit(Self.json(house, served))
    console.show(ServeBanner.rendered(house.settings, served))
    let logger = house.context.logger
    let loop = EngineLoop(house.context) { report in
      logger.info(
        "action", metadata: ["id": "\(report.id.rawValue)", "outcome": "\(report.outcome.word)"])
    }
    var configuration = ServiceGroupConfiguration(
      services: [.init(service: loop, serviceName: "engine")],
      gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    configuration.maximumGracefulShutdownDuration = .seconds(60)
    let result: Result<Void, any Error>
    do {
      result = .success(try await ServiceGroup(configuration: configuration).run())
    } catch {
      result = .failure(error)
    }
    await house.channels.shutdown()
    try result.get()
    console.say("Stopped.")
  }

  /// The engine serves every organisation of the database; a chosen one must exist.
  private func served(by house: House, all: [Organisation]) async throws -> [Organisation] {
    if let chosen = house.settings.organisation {
      _ = try await house.organisation(named: chosen.rawValue)
    }
    guard all.isEmpty else { return all }
    throw Failure(
      .notConfigured, "org.none", "There is no organisation yet, so there is nothing to serve.",
      remedy: "`aiom init` creates one.")
  }

  private static func json(_ house: House, _ organisations: [Organisation]) -> JSONValue {
    [
      "serving": .array(organisations.map { .string($0.id.rawValue) }),
      "delivery": .string(house.settings.delivery.rawValue),
      "database": .string(house.settings.database),
      "provider": .string(Composition.providerAddress(house.settings)),
    ]
  }
}
