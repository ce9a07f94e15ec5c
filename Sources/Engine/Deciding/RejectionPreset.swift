import ActionProtocol

/// Why people reject, ready to be picked: the words for the record, and how long the finding then stays
/// quiet unless somebody says otherwise.
public enum RejectionPreset: String, CaseIterable, Hashable, Sendable {
  case alreadyPaid = "already-paid"
  case disputed
  case agreedOtherwise = "agreed-otherwise"
  case wrongRecipient = "wrong-recipient"
  case wrongFacts = "wrong-facts"
  case wrongWords = "wrong-words"
  case tooEarly = "too-early"
  case doneByHand = "done-by-hand"
  case neverThisCustomer = "never-this-customer"

  /// The reason as it is kept.
  public var reason: String {
    switch self {
    case .alreadyPaid: "The customer has paid; the books do not know it yet."
    case .disputed: "The customer disputes it."
    case .agreedOtherwise: "We agreed on something else with the customer."
    case .wrongRecipient: "It would go to the wrong person."
    case .wrongFacts: "The amount, date or record is wrong."
    case .wrongWords: "The wording does not fit this customer."
    case .tooEarly: "It is too early."
    case .doneByHand: "Somebody has done it by hand."
    case .neverThisCustomer: "This customer is not to be reminded by AIOM."
    }
  }

  /// How long the finding stays quiet.
  public func quiet(now: Instant) -> QuietChoice {
    switch self {
    case .tooEarly: .until(now.advanced(by: .seconds(7 * 86_400)))
    case .doneByHand, .agreedOtherwise: .nextLevel
    case .neverThisCustomer: .never
    default: .untilFactsChange
    }
  }
}
