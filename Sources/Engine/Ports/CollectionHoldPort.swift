import ActionProtocol
import Insights

/// Holds of collections inside a transaction: reading.
public protocol CollectionHoldReading {
  /// Every hold of an org, ended ones too, by id. Promises say what was paid by the end of `day`.
  func collectionHolds(_ org: OrgID, asOf day: LocalDate) throws -> [CollectionHold]
  func collectionHold(_ org: OrgID, _ id: String, asOf day: LocalDate) throws -> CollectionHold?
  /// The invoice with the external id, or with exactly the number.
  /// - Returns: with the customer and the currency; nil where there is none, or more than one.
  func invoiceSubject(_ org: OrgID, named text: String) throws -> InvoiceSubject?
  /// The customer with the external id, or with exactly the name.
  /// - Returns: nil where there is none, or more than one.
  func partnerSubject(_ org: OrgID, named text: String) throws -> PartnerID?
}

/// An invoice that somebody named.
public struct InvoiceSubject: Hashable, Sendable {
  public var id: Int64
  public var partner: PartnerID
  public var currency: Currency

  public init(id: Int64, partner: PartnerID, currency: Currency) {
    self.id = id
    self.partner = partner
    self.currency = currency
  }
}

/// Holds of collections inside a transaction: writing. What was said stays; an end is added to it.
public protocol CollectionHoldWriting {
  /// - Parameters:
  ///   - at: when it was set.
  ///   - endsAt: the instant at which its last day is over; nil where it has none.
  func insert(_ hold: CollectionHold, org: OrgID, at: Instant, endsAt: Instant?) throws
  /// Ends a hold.
  /// - Returns: false where there is none, or it was ended before.
  func endCollectionHold(
    _ org: OrgID, _ id: String, at: Instant, on day: LocalDate, by author: Author
  ) throws -> Bool
}
