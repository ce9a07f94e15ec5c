import ActionProtocol
import Connectors
import Engine
import Logging
import ServiceLifecycle
import UnixSignals

/// What `serve` and `worker` have in common: whom they serve, how they begin and end.
enum EngineRun {
  static func loop(_ house: House) -> EngineLoop {
    let logger = house.context.logger
    return EngineLoop(house.context) { report in
      logger.info(
        "action", metadata: ["id": "\(report.id.rawValue)", "outcome": "\(report.outcome.word)"])
    }
  }

  /// Runs until stopped. Services stop in the reverse order, each after the one behind it has ended.
  /// Calls that are under way then end within the deadline of the settings; a second signal waits
  /// for nothing. Connections are closed when this returns.
  static func run(_ services: [any Service], _ house: House) async -> Result<Void, any Error> {
    let logger = house.context.logger
    let deadline = ShutdownDeadline(after: .seconds(house.settings.shutdownSeconds), logger) {
      await house.closeConnections()
    }
    var configuration = ServiceGroupConfiguration(
      services: (services + [deadline]).map { .init(service: $0) },
      gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
    configuration.maximumGracefulShutdownDuration = .seconds(60)
    let second = SecondSignal.listen()
    defer { second.cancel() }
    let result: Result<Void, any Error>
    do {
      result = .success(try await ServiceGroup(configuration: configuration).run())
    } catch {
      result = .failure(error)
    }
    deadline.cancel()
    await house.closeConnections()
    return result
  }

  /// The engine serves every organisation of the database; a chosen one must exist.
  static func served(by house: House) async throws -> [Organisation] {
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
