import ActionProtocol
import Connectors
import Decisions
import Engine
import Logging
import Store

/// Everything that runs, built once by ``Composition``.
struct House: Sendable {
  let settings: Settings
  let database: OpenDatabase
  let store: any StorePort
  /// The same store, where its schema is asked for.
  let schema: SQLStore
  let context: EngineContext
  let channels: SMTP2GOChannels
  let odoo: OdooConnections
  /// What the provider's client counts.
  let providerMetrics: RegistryMetrics
  /// What the services of persons and credentials work with.
  var access: AccessContext
  /// Who runs the command, by the credential that was found.
  var caller: Principal
  /// Why the session that was kept is none any more, for whoever needs one.
  var sessionProblem: AccessError?

  /// Closes the connections to providers and to Odoo; they are made anew when they are needed again.
  func closeConnections() async {
    await channels.shutdown()
    await odoo.shutdown()
  }

  /// The organisation a command is about: --org or AIOM_ORG, else the one in use, else the only one.
  /// - Throws: ``Failure`` with the list where several exist and none is chosen.
  func organisation() async throws -> Organisation {
    if let chosen = settings.organisation { return try await organisation(named: chosen.rawValue) }
    // A token opens one org, so that it chooses it too.
    if let org = caller.org { return try await organisation(named: org.rawValue) }
    let (all, current) = try await store.read { reading in
      (
        try reading.organisations(),
        try reading.installationValue(OrganisationWriter.currentKey)
      )
    }
    if let current, let organisation = all.first(where: { $0.id.rawValue == current }) {
      return try await readable(organisation)
    }
    if let only = all.first, all.count == 1 { return try await readable(only) }
    throw Self.refusal(all)
  }

  /// The organisation of an id.
  func organisation(named text: String) async throws -> Organisation {
    let all = try await store.read { try $0.organisations() }
    if let found = all.first(where: { $0.id.rawValue == text }) {
      return try await readable(found)
    }
    throw Failure(
      .notConfigured, "org.unknown", "There is no organisation \(text).",
      remedy: all.isEmpty
        ? "`aiom init` creates the first one." : "There are: \(Self.list(all)).",
      details: ["organisations": .array(all.map { .string($0.id.rawValue) })])
  }

  private static func refusal(_ all: [Organisation]) -> Failure {
    guard !all.isEmpty else {
      return Failure(
        .notConfigured, "org.none", "There is no organisation yet.",
        remedy: "`aiom init` creates one.")
    }
    return Failure(
      .notConfigured, "org.not_chosen",
      "There are \(all.count) organisations, and none is chosen: \(list(all)).",
      remedy: "Add --org ID, set AIOM_ORG, or choose one with `aiom org use ID`.",
      details: ["organisations": .array(all.map { .string($0.id.rawValue) })])
  }

  private static func list(_ all: [Organisation]) -> String {
    all.map(\.id.rawValue).sorted().joined(separator: ", ")
  }
}
