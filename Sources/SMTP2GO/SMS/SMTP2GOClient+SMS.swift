extension SMTP2GOClient {
  /// Sends one SMS to each destination (`/sms/send`).
  ///
  /// Not idempotent: a second call is a second SMS. What can be refused here is refused without a
  /// request, with a code that starts with `client.`.
  /// - Parameter leave: asked right before the first byte; refused, the outcome is `notSent`.
  public func send(
    _ sms: OutgoingSMS, leave: CallLeave? = nil
  ) async -> CallResult<SMSReceipt> {
    if let refusal = sms.refusal { return refuse(.smsSend, refusal) }
    return await call(.smsSend, sms.encoded(), reader: .sms, leave: leave)
  }

  /// Reads the SMS that were sent (`/sms/view-sent`), those of the period only.
  public func sentSMS(_ period: SMSPeriod) async -> CallResult<[SentSMS]> {
    await call(.smsSent, period.encoded(), reader: .sentSMS).map { messages in
      messages.filter { period.contains($0.timestamp) }
    }
  }

  /// Reads the SMS that were received (`/sms/view-received`), those of the period only. The
  /// provider documents no webhook for them.
  public func receivedSMS(_ period: SMSPeriod) async -> CallResult<[ReceivedSMS]> {
    await call(.smsReceived, period.encoded(), reader: .receivedSMS).map { messages in
      messages.filter { period.contains($0.timestamp) }
    }
  }

  /// Reads the totals of whole UTC days (`/sms/summary`). The period's `username` has no effect.
  public func smsSummary(_ period: SMSPeriod) async -> CallResult<SMSSummary> {
    await call(.smsSummary, period.encoded(withUsername: false), reader: .smsSummary)
  }
}
