import ActionProtocol
import Decisions
import Engine

/// What the page about settings shows.
struct SettingsPicture: Sendable {
  let channels: [ChannelLine]
  let groups: [SettingGroup]
  let members: [Member]
  let roles: [RoleName]
  /// The newest first, also those that ended.
  let tokens: [TokenRecord]
  let webhooks: [WebhookEndpoint]
  let now: Instant

  struct Member: Sendable {
    let person: Person
    let roles: [RoleName]
  }

  static func read(
    _ organisation: Organisation, _ engine: EngineContext, _ settings: any OrganisationSettings
  ) async throws -> SettingsPicture {
    let (channels, groups) = (settings.channels(organisation), settings.groups(organisation))
    let org = organisation.id
    return try await engine.store.read { store in
      let roles = Dictionary(grouping: try store.memberships(in: org), by: \.person)
      let own = try store.roles(of: org).map(\.name)
      return SettingsPicture(
        channels: channels, groups: groups,
        members: try store.persons().compactMap { person in
          roles[person.id].map { Member(person: person, roles: $0.map(\.role).sorted()) }
        },
        roles: RoleName.builtIn + own.filter { !RoleName.builtIn.contains($0) },
        tokens: try store.tokens(of: org), webhooks: try store.webhooks(org), now: store.now)
    }
  }
}
