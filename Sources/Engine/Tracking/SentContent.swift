import ActionProtocol
import Addressing
import Decisions

/// What an SMS attempt really sent: number and text, also in a rehearsal.
struct SentContent: Hashable, Sendable {
  let destination: PhoneNumber
  let text: String

  /// - Returns: nil where the attempt's revision is no SMS or cannot be read any more.
  static func of(
    _ intent: AttemptIntent, _ store: any StoreReading, _ configuration: EngineConfiguration
  ) throws -> SentContent? {
    let operation = intent.operation
    guard
      let record = try store.revision(intent.org, operation.action, operation.revision),
      case .success(let proposal) = ProposalReader.read(record.document),
      case .sms(_, let sms) = proposal.operation
    else { return nil }
    guard intent.delivery == .redirect else {
      return SentContent(destination: sms.to, text: sms.body)
    }
    guard let phone = configuration.redirectPhone else { return nil }
    let redirected = Redirection.sms(sms, to: phone)
    return SentContent(destination: redirected.to, text: redirected.body)
  }
}

/// At most one identical SMS per number may be unsettled: of two, nobody could say which of them a
/// line in the provider's report is.
enum IdenticalSMS {
  /// How long the second one waits before it looks again.
  private static let wait: Duration = .seconds(300)

  /// - Returns: the hold of a message that must wait; nil where it may go.
  static func hold(
    _ proposal: Proposal, _ org: OrgID, _ store: any StoreReading
  ) throws -> Hold? {
    guard case .sms(_, let sms) = proposal.operation else { return nil }
    for attempt in try store.openSMS(org, to: AddressDigest.of(sms.to)) {
      guard let content = try sent(attempt, store) else { continue }
      if content.body == sms.body, content.to == sms.to {
        return Hold(reason: .outcomeUnknown, until: store.now.advanced(by: wait))
      }
    }
    return nil
  }

  private static func sent(
    _ attempt: AttemptRecord, _ store: any StoreReading
  ) throws -> SendSMS? {
    let operation = attempt.intent.operation
    guard
      let record = try store.revision(attempt.intent.org, operation.action, operation.revision),
      case .success(let proposal) = ProposalReader.read(record.document),
      case .sms(_, let sms) = proposal.operation
    else { return nil }
    return sms
  }
}
