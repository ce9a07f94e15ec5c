import ActionProtocol

/// A way to reach somebody that is counted against anti-spam limits.
public enum OutreachChannel: String, CaseIterable, Hashable, Sendable {
  case email
  case sms

  /// The channel an operation uses; nil for operations that no customer sees.
  public init?(_ operation: OperationType) {
    switch operation {
    case .sendEmail: self = .email
    case .sendSMS: self = .sms
    case .createOdooTask, .updateOdooStage, .logOdooActivity, .createInternalNote,
      .scheduleFollowUp:
      return nil
    }
  }
}

/// How long a partner is left alone after a message, per channel.
public struct CoolDowns: Hashable, Sendable {
  public var email: Duration
  public var sms: Duration

  /// Four hours after an e-mail, six after an SMS.
  public static let standard = CoolDowns(email: .seconds(240 * 60), sms: .seconds(360 * 60))

  public init(email: Duration, sms: Duration) {
    self.email = email
    self.sms = sms
  }

  public subscript(channel: OutreachChannel) -> Duration {
    switch channel {
    case .email: email
    case .sms: sms
    }
  }
}
