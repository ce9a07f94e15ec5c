import Foundation

/// Which suppressions to look for; what is not given does not filter.
///
/// The contract's texts about the default period look swapped, so that a start given here is always
/// sent, and so is an end.
public struct SuppressionQuery: Sendable, Equatable {
  /// The direction of sorting.
  public enum Sort: String, Sendable, CaseIterable {
    /// Oldest first.
    case ascending = "asc"
    /// Newest first.
    case descending = "desc"
  }

  /// One address or domain.
  public var emailAddress: String?
  /// Part of a name, a domain or an address.
  public var wildcard: String?
  /// Recipients to search for.
  public var recipients: [String]
  /// Texts to search for in the reasons.
  public var reasons: [String]
  /// Only these kinds.
  public var types: [Suppression.Reason]
  /// Whether recipients and reasons are matched loosely.
  public var isFuzzy: Bool
  /// The direction of sorting.
  public var sort: Sort?
  /// Inclusive.
  public var start: Date?
  /// The end.
  public var end: Date?
  /// The subaccount to ask about.
  public var subaccountID: String?
  /// Where to go on, from the page before; the rest of the query must stay the same.
  public var continueToken: String?

  /// Builds a query.
  public init(
    emailAddress: String? = nil, wildcard: String? = nil, recipients: [String] = [],
    reasons: [String] = [], types: [Suppression.Reason] = [], isFuzzy: Bool = false,
    sort: Sort? = nil, start: Date? = nil, end: Date? = nil, subaccountID: String? = nil,
    continueToken: String? = nil
  ) {
    self.emailAddress = emailAddress
    self.wildcard = wildcard
    self.recipients = recipients
    self.reasons = reasons
    self.types = types
    self.isFuzzy = isFuzzy
    self.sort = sort
    self.start = start
    self.end = end
    self.subaccountID = subaccountID
    self.continueToken = continueToken
  }

  func encoded() -> RequestBody {
    JSONWriter.object { writer in
      writer.field("email_address", emailAddress)
      writer.field("wildcard", wildcard)
      writer.field("recipients", recipients)
      writer.field("reasons", reasons)
      writer.field("suppression_types", types.map(\.rawValue))
      if isFuzzy { writer.field("fuzzy", true) }
      writer.field("sort", sort?.rawValue)
      writer.field("start_date", start.map { VendorTime($0) })
      writer.field("end_date", end.map { VendorTime($0) })
      writer.field("subaccount_id", subaccountID)
      writer.field("continue_token", continueToken)
    }
  }
}

extension SuppressionQuery: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable
{
  /// The type's name only.
  public var description: String { "SuppressionQuery(redacted)" }
  /// The same as `description`.
  public var debugDescription: String { description }
  /// Without children: filters name addresses.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
