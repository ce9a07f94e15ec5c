import ActionProtocol
import Engine

/// What is open on an invoice: the one rule, in SQL.
///
/// Where the source states the open amount, that is the base on the day it was stated, and it
/// contains what was settled up to then: everything before that day, and of that day itself what
/// the ledger was told of no later than the statement. Otherwise the base is the total, and it
/// contains nothing. What a snapshot closed has nothing open from the closing day on.
///
/// Charges are credits below zero, such as a penalty; they raise the total from their day on.
enum OpenAmountSQL {
  /// A settlement `s` that the base of invoice `i` contains already.
  static let contained = """
    i.stated_on IS NOT NULL AND (s.settled_on < i.stated_on
      OR (s.settled_on = i.stated_on AND s.known_since <= i.as_of))
    """

  static let ofInvoice = "s.org_id = i.org_id AND s.invoice_id = i.id"
  static let isCharge = "s.kind = 'credit' AND s.amount_minor < 0"

  /// What settlements took from the base by the end of day `$1`; before the day of the
  /// statement they are given back.
  static func taken(by day: String) -> String {
    """
    COALESCE((SELECT CAST(SUM(CASE
        WHEN \(contained) THEN CASE WHEN s.settled_on > \(day) THEN -s.amount_minor ELSE 0 END
        WHEN s.settled_on <= \(day) THEN s.amount_minor
        ELSE 0 END) AS BIGINT)
      FROM settlements s WHERE \(ofInvoice)), 0)
    """
  }

  /// What charges added to the total by the end of day `$1`.
  static func charged(by day: String) -> String {
    """
    COALESCE((SELECT CAST(SUM(CASE
        WHEN \(contained) THEN CASE WHEN s.settled_on > \(day) THEN s.amount_minor ELSE 0 END
        WHEN s.settled_on <= \(day) THEN -s.amount_minor
        ELSE 0 END) AS BIGINT)
      FROM settlements s WHERE \(ofInvoice) AND \(isCharge)), 0)
    """
  }

  /// Writes what is open now into the invoice: `$1` the end of days, `$2` now, `$3` org, `$4` id.
  ///
  /// Every settlement counts, also one dated tomorrow: money that is announced is not asked for.
  static let recompute = """
    UPDATE invoices AS i SET
      open_minor = CASE WHEN closed_on IS NOT NULL THEN 0
        ELSE COALESCE(stated_open_minor, total_minor) - \(taken(by: "$1")) END,
      charges_minor = \(charged(by: "$1")),
      updated_at = $2
    WHERE org_id = $3 AND id = $4
    """
}

extension SQLTransaction {
  /// The last day there is.
  static let endOfDays = SQLValue.integer(1_000_000_000)

  func recomputeOpenAmount(ofInvoice id: Int64, _ org: OrgID) throws {
    try sql.execute(
      OpenAmountSQL.recompute,
      [Self.endOfDays, .instant(sql.now), .text(org.rawValue), .integer(id)])
  }

  func recomputeDispute(ofInvoice id: Int64, _ org: OrgID) throws {
    try sql.execute(
      """
      UPDATE invoices AS i SET
        is_disputed = CASE WHEN EXISTS (
          SELECT 1 FROM disputes d
          WHERE d.org_id = i.org_id AND d.invoice_id = i.id AND d.closed_on IS NULL
        ) THEN 1 ELSE 0 END,
        updated_at = $1
      WHERE org_id = $2 AND id = $3
      """, [.instant(sql.now), .text(org.rawValue), .integer(id)])
  }
}

/// Odoo's `payment_state`, from the amounts.
enum PaymentState: String {
  case notPaid = "not_paid"
  case partial
  case paid

  /// - Parameters:
  ///   - open: what is open; negative where overpaid.
  ///   - total: the total with its charges.
  init(open: Int64, total: Int64) {
    self = open <= 0 ? .paid : open < total ? .partial : .notPaid
  }
}
