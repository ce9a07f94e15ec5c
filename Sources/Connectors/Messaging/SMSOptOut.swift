import Decisions
import SMTP2GO
import Synchronization

/// How customers who get SMS say that they want no more, as the operator states it.
public enum SMSOptOut: Hashable, Sendable {
  /// The provider posts their answers to our webhook.
  case webhook
  /// The provider or the network takes the STOP and keeps later messages back.
  case provider
  /// Another way, in the words that stand in the messages: "Call +1 555 010 0199".
  case words(String)

  /// Reads a setting: `webhook`, `provider`, or a sentence of at least eight characters.
  public init?(_ text: String) {
    switch text {
    case "webhook": self = .webhook
    case "provider": self = .provider
    default:
      guard text.unicodeScalars.count >= 8, text.unicodeScalars.count <= 160, text.contains(" ")
      else { return nil }
      self = .words(text)
    }
  }
}

/// Keeps SMS to customers back while nobody knows how they can opt out: the operator has not said
/// it, and the key may not read the answers.
final class OptOutKeeper: Sendable {
  /// The endpoint by which a STOP can be read.
  static let endpoint = "/sms/view-received"
  /// How long an answer of the provider is believed: permissions change seldom, and where one was
  /// missing, somebody may be adding it just now.
  private static let believed: (allowed: Duration, missing: Duration) = (
    .seconds(3600), .seconds(60)
  )

  private struct Answer {
    let mayRead: Bool
    let until: ContinuousClock.Instant
  }

  private let stated: SMSOptOut?
  private let answers = Mutex<[String: Answer]>([:])

  init(stated: SMSOptOut?) { self.stated = stated }

  /// Why an SMS to a customer may not go now; nil where it may.
  /// - Parameter username: names the key, and is no secret.
  func refusal(_ client: SMTP2GOClient, username: String) async -> CallOutcome? {
    guard stated == nil else { return nil }
    let known = answers.withLock { $0[username] }
    if let known, known.until > .now { return known.mayRead ? nil : Self.unknownWay }
    let outcome = await client.permissions().outcome
    guard let list = outcome.value else { return Self.outcome(outcome) }
    let mayRead = KeyPermissions.allow(Self.endpoint, in: list)
    let until = ContinuousClock.now.advanced(
      by: mayRead ? Self.believed.allowed : Self.believed.missing)
    answers.withLock { $0[username] = Answer(mayRead: mayRead, until: until) }
    return mayRead ? nil : Self.unknownWay
  }

  private static let unknownWay = CallOutcome.configuration(
    code: "sms_opt_out.unknown",
    message: "SMS to customers are off: the key may not call /sms/view-received, so nobody would "
      + "read a STOP. Give it that permission, or say with AIOM_SMS_OPT_OUT how customers opt out.")

  /// The question was no message, so that an answer that did not come leaves nothing unknown.
  private static func outcome(_ outcome: Outcome<[String]>) -> CallOutcome {
    switch outcome.reported({ _ in "" }) {
    case .unknown: .notSent(code: "permissions_not_read")
    case .refused(let code, let message): .configuration(code: code, message: message)
    case let other: other
    }
  }
}
