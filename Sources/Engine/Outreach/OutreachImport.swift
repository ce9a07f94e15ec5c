import ActionProtocol
import Addressing
import Decisions

/// A message that another program sent.
public struct OutreachRow: Hashable, Sendable {
  public var at: Instant
  public var channel: OutreachChannel
  /// The recipient, and the digest of their domain where it is counted by itself.
  public var address: Digest?
  public var domain: Digest?
  public var partner: PartnerID?
  /// What it was about, as duplicate checks name it after `partner_<id>:`.
  public var context: String?

  public init(
    at: Instant, channel: OutreachChannel, address: Digest? = nil, domain: Digest? = nil,
    partner: PartnerID? = nil, context: String? = nil
  ) {
    self.at = at
    self.channel = channel
    self.address = address
    self.domain = domain
    self.partner = partner
    self.context = context
  }

  /// As a reservation names them.
  fileprivate var domains: [Digest: Digest] {
    guard let address, let domain else { return [:] }
    return [address: domain]
  }

  /// The same row has the same call in every import.
  func operation() throws(RowImportFault) -> OperationID {
    let name = [
      "\(at.milliseconds)", channel.rawValue, address?.hex ?? "",
      partner.map { "\($0.rawValue)" } ?? "", context ?? "",
    ].joined(separator: "|")
    let text = OutreachEntry.importPrefix + Digest.sha256(Array(name.utf8)).hex
    guard let id = ActionID(rawValue: text) else { throw RowImportFault() }
    return OperationID(action: id, revision: 1, call: 1)
  }
}

/// An id that cannot be made, which is a mistake of ours.
struct RowImportFault: Error {}

/// Takes over contacts that other programs made, so that cool-downs and caps count them from day one.
///
/// Each counts like a message that was sent here to those whom it reached: the address, and the customer
/// with the company that it belongs to. They have calls of their own, which no action ever has, and the
/// same row again adds nothing. They count where the org's messages reach whom they are for: for a live
/// org not in a rehearsal.
public struct OutreachImport: Sendable {
  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// - Throws: ``DecisionError``, store errors, and what the file throws.
  public func run(
    _ source: consuming some RowSource<OutreachRow>, org: OrgID, dryRun: Bool = false,
    by author: Author, via: String, progress: (RowImportReport) -> Void = { _ in }
  ) async throws -> RowImportReport {
    let mode = try await context.store.read { store in
      guard let organisation = try store.organisation(org) else { throw Approvals.noOrg(org) }
      return organisation.mode
    }
    let rows = RowImport<OutreachRow>(
      context: context, org: org, kind: "outreach", author: author, via: via, note: nil,
      isDryRun: dryRun,
      apply: { store, row, _ in try Self.store(row, org, mode.ownDelivery, store) },
      finish: { _ in })
    return try await rows.run(source, progress)
  }

  private static func store(
    _ row: OutreachRow, _ org: OrgID, _ delivery: DeliveryMode, _ store: any StoreTransaction
  ) throws -> String {
    let operation = try row.operation()
    guard try !store.hasOutreach(org, operation) else { return "known" }
    let partners =
      try row.partner.map { try PartnerLine.of($0) { try store.record(org, $0) } } ?? []
    let scopes = row.partner.flatMap { partner in
      row.context.map { ["partner_\(partner.rawValue):\($0)"] }
    }
    try store.reserve(
      OutreachReservation(
        org: org, operation: operation, channel: row.channel, partners: partners,
        addresses: row.address.map { [$0] } ?? [], scopes: scopes ?? [], delivery: delivery,
        at: row.at, domains: row.domains))
    try store.settleOutreach(org, operation, .sent)
    return "added"
  }
}

/// A customer with the companies that it belongs to.
enum PartnerLine {
  /// Deeper books are a mistake or a circle.
  private static let most = 8

  /// - Parameter record: reads a record of the org's books.
  static func of(
    _ partner: PartnerID, record: (RecordReference) throws -> LedgerRecord?
  ) throws -> [PartnerID] {
    var found: [PartnerID] = []
    var next: PartnerID? = partner
    while found.count < most, let party = next, !found.contains(party) {
      found.append(party)
      next = try record(.partner(party))?.company.flatMap { PartnerID(rawValue: $0.id) }
    }
    return found
  }
}
