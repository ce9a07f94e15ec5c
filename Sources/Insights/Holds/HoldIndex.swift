import ActionProtocol

/// The holds that bind on a day, by what they are about.
struct HoldIndex {
  private var customers: [PartnerID: CollectionHold] = [:]
  private var invoices: [Int64: CollectionHold] = [:]
  private let roots: [PartnerID: PartnerID]

  /// - Parameter books: their day is the one that counts.
  init(_ books: BooksSnapshot) {
    roots = books.roots
    for hold in books.holds where hold.binds(on: books.asOf) {
      switch hold.subject {
      case .customer(let partner):
        let root = books.roots[partner] ?? partner
        customers[root] = Self.longer(customers[root], hold)
      case .invoice(let id, _): invoices[id] = Self.longer(invoices[id], hold)
      }
    }
  }

  /// What holds everything of a customer.
  func hold(of partner: PartnerID) -> CollectionHold? { customers[roots[partner] ?? partner] }

  /// What holds an invoice by itself.
  func hold(ofInvoice id: Int64) -> CollectionHold? { invoices[id] }

  /// Of two that bind the one that binds longer; of equals the older.
  private static func longer(_ one: CollectionHold?, _ other: CollectionHold) -> CollectionHold {
    guard let one else { return other }
    switch (one.lastDay, other.lastDay) {
    case (nil, nil): return one.id <= other.id ? one : other
    case (nil, _): return one
    case (_, nil): return other
    case (let first?, let second?):
      return first == second ? (one.id <= other.id ? one : other) : first > second ? one : other
    }
  }
}

extension BooksSnapshot {
  /// What customers' promises are worth on the snapshot's day.
  ///
  /// A promise is also kept where nothing of what it is about is open any more, whatever the payments
  /// say: some books only tell what is open.
  public var promises: PromiseReport {
    let open = Set(invoices.filter { $0.open.minorUnits > 0 }.map(\.id))
    let owing = Set(
      invoices.filter { $0.open.minorUnits > 0 }
        .map { Owing(roots[$0.partnerID] ?? $0.partnerID, $0.open.currency) })
    let judged = holds.map { hold in
      var hold = hold
      guard let currency = hold.promise?.amount.currency else { return hold }
      let isOpen =
        hold.subject.invoice.map { open.contains($0) }
        ?? owing.contains(
          Owing(roots[hold.subject.partner] ?? hold.subject.partner, currency))
      hold.promise?.isSettled = !isOpen
      return hold
    }
    return PromiseReport(judged, on: asOf)
  }

  private struct Owing: Hashable {
    let partner: PartnerID
    let currency: Currency

    init(_ partner: PartnerID, _ currency: Currency) {
      (self.partner, self.currency) = (partner, currency)
    }
  }
}
