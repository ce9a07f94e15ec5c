import ActionProtocol
import Addressing

extension PartnerFacts {
  /// Where an e-mail to the customer may go, or why none may.
  func writableAddress() -> Result<EmailAddress, Skip> {
    if !isActive { return .failure(Skip(reason: .partnerInactive)) }
    if isBlacklisted { return .failure(Skip(reason: .partnerBlacklisted)) }
    guard let email else { return .failure(Skip(reason: .noAddress)) }
    guard let closed = emailClosed else { return .success(email) }
    let reason: SkipReason =
      closed.until.map { .addressResting(reason: closed.reason, until: $0) }
      ?? .addressClosed(reason: closed.reason)
    return .failure(Skip(reason: reason))
  }
}
