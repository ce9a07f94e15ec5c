import ActionProtocol
import Addressing

extension ActionCard {
  /// Whom a reason of the guard is about, as the message names them; for a domain, the first of its
  /// recipients.
  public func recipient(_ address: Digest) -> String? {
    switch proposal.operation {
    case .email(_, let email):
      email.recipients.first { SuppressionAddress($0).digests.contains(address) }?.rawValue
    case .sms(_, let sms):
      SuppressionAddress(sms.to).digest == address ? sms.to.e164 : nil
    default: nil
    }
  }
}
