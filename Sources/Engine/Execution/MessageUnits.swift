import ActionProtocol
import Addressing
import Decisions

/// What the provider charges a message by.
enum MessageUnits: Hashable, Sendable {
  /// One for each recipient.
  case emails(Int)
  /// Segments of one text, and the country of its number where one can tell.
  case texts(Int, country: String?)

  /// Nil for operations that no customer sees.
  init?(_ operation: TypedOperation) {
    switch operation {
    case .email(_, let email):
      self = .emails(email.recipients.count)
    case .sms(_, let sms):
      // One that cannot be measured was refused long before; it counts as the longest there is.
      let segments = (try? SMSText(sms.body))?.segments ?? Self.mostSegments
      self = .texts(segments, country: sms.to.country)
    default:
      return nil
    }
  }

  private static let mostSegments = 10

  /// In the unit of the channel's ledger: e-mails, or millionths of the currency at the dearer end.
  func cost(_ prices: PriceTable, _ delivery: DeliveryMode) -> Int64 {
    switch self {
    // A rehearsal's message goes to the operator alone.
    case .emails(let count): delivery == .redirect ? 1 : Int64(count)
    case .texts(let segments, let country): prices.sms(units: segments, to: country).high.micros
    }
  }
}
