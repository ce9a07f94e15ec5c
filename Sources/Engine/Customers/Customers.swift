import ActionProtocol
import Addressing
import Decisions
import Insights

/// How people look at customers; changes nothing.
public struct Customers: Sendable {
  public static let mostInvoices = 200
  static let mostContacts = 50
  static let mostProposals = 50

  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  public func page(_ org: OrgID, _ filter: CustomerFilter) async throws -> CustomerPage {
    var wider = filter
    wider.limit += 1
    return try await context.store.read { [wider] store in
      let found = try store.customers(org, wider)
      let shown = Array(found.prefix(filter.limit))
      let debts = try store.debts(org, of: shown.map(\.id))
      return CustomerPage(
        lines: shown.map { CustomerLine(record: $0, debts: debts[$0.id] ?? []) },
        next: found.count > filter.limit
          ? shown.last.map { CustomerCursor(name: $0.sortName, id: $0.id) } : nil)
    }
  }

  /// - Returns: nil where the org has no such customer.
  public func picture(_ org: OrgID, _ id: PartnerID) async throws -> CustomerPicture? {
    guard var picture = try await records(org, id) else { return nil }
    picture.outreach = try await OutreachReader(context).pictures(org, of: .partner(id)).pictures
    return picture
  }

  private func records(_ org: OrgID, _ id: PartnerID) async throws -> CustomerPicture? {
    try await context.store.read { store in
      guard let organisation = try store.organisation(org),
        let record = try store.customer(org, id)
      else { return nil }
      let today = organisation.day(store.now)
      let family = try store.partnerFamilies([OrgPartner(org, id)]).values.flatMap(\.self)
      let all = [id] + Set(family).subtracting([id]).sorted()
      let proposals = try store.proposals(org, about: all, limit: Self.mostProposals)
      return CustomerPicture(
        record: record, contacts: try store.contacts(org, of: id, limit: Self.mostContacts),
        mergedWith: Array(all.dropFirst()), debts: try Self.debts(org, all, store),
        invoices: try store.openInvoices(org, of: all, limit: Self.mostInvoices),
        holds: try store.collectionHolds(org, of: all).map { Self.hold($0, on: today) },
        outreach: [], suppressions: try Self.suppressions(org, record, store),
        lastAnswer: try store.lastAnswer(org, from: all),
        live: proposals.filter { $0.status.isLive },
        ended: proposals.filter { !$0.status.isLive }, today: today, now: store.now)
    }
  }

  /// Of all numbers of the customer together, by currency.
  private static func debts(
    _ org: OrgID, _ customers: [PartnerID], _ store: any StoreReading
  ) throws -> [CustomerDebt] {
    let all = try store.debts(org, of: customers).values.flatMap(\.self)
    return Dictionary(grouping: all) { $0.open.currency }.map { currency, same in
      CustomerDebt(
        open: Money(
          minorUnits: same.reduce(0) { $0 + $1.open.minorUnits }, currency: currency),
        invoices: same.reduce(0) { $0 + $1.invoices },
        earliestDue: same.compactMap(\.earliestDue).min())
    }.sorted { $0.open.currency.code < $1.open.currency.code }
  }

  private static func hold(_ hold: CollectionHold, on day: LocalDate) -> CustomerHold {
    CustomerHold(id: hold.id, explanation: hold.explanation, isBinding: hold.binds(on: day))
  }

  private static func suppressions(
    _ org: OrgID, _ record: CustomerRecord, _ store: any StoreReading
  ) throws -> [Suppression] {
    try [record.email, record.phone].compactMap(\.self).flatMap { text in
      // What the books hold may be no address that could be written to.
      guard let address = try? SuppressionAddress(text) else { return [Suppression]() }
      return try store.suppressions(org, address.channel, of: address.digests, at: store.now)
    }
  }
}
