import ActionProtocol
import Decisions
import Engine
import Insights
import Foundation
import Odoo

/// The Odoos of orgs as sources of records.
public struct OdooSyncSources: SyncSources {
  private let connections: OdooConnections

  public init(_ connections: OdooConnections) { self.connections = connections }

  public func source(
    _ organisation: Organisation, _ settings: SyncSettings
  ) async throws -> (any SyncSource)? {
    guard organisation.books.kind == .odoo else { return nil }
    await connections.retryCredentials(of: organisation)
    switch connections.client(for: organisation) {
    case .failure(let refusal):
      throw DecisionError(
        .conflict, "sync.\(refusal.code)", "The organisation's Odoo cannot be reached.",
        remedy: refusal.remedy)
    case .success(let client):
      let first = Date().addingTimeInterval(
        -Double(SyncSettings.messageAge.components.seconds))
      return try await OdooSyncSource(
        OdooSyncSource.Reader(client), settings, zone: organisation.profile.zone,
        since: OdooTime(first))
    }
  }
}

extension OdooSyncSource.Reader {
  init(_ client: OdooClient) {
    fields = { model throws(OdooError) in try await client.fields(of: model) }
    search = { search throws(OdooError) in try await client.searchRead(search) }
    mayRead = { model throws(OdooError) in try await client.hasAccess(to: model, .read) }
  }
}
