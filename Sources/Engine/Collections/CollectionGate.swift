import ActionProtocol
import Insights

/// What a hold of collections means for an action that asks for money.
enum CollectionGate {
  /// The code of a redraft that a hold led to.
  static let code = "collection_hold"

  /// The hold that binds one of a proposal's invoices now; the lowest invoice first.
  static func hold(
    on proposal: Proposal, of org: OrgID, _ store: any StoreReading
  ) throws -> CollectionHold? {
    guard let organisation = try store.organisation(org) else { return nil }
    for record in proposal.affectedRecords.references {
      guard let id = try store.record(org, record)?.fields[LedgerRecord.holdField]?.stringValue
      else { continue }
      return try store.collectionHold(org, id, asOf: organisation.day(store.now))
    }
    return nil
  }
}
