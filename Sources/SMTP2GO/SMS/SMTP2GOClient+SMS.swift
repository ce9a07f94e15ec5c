extension SMTP2GOClient {
  /// Sends one SMS to each destination (`/sms/send`).
  ///
  /// Not idempotent: a second call is a second SMS. What can be refused here is refused without a
  /// request, with a code that starts with `client.`.
  public func send(_ sms: OutgoingSMS) async -> CallResult<SMSReceipt> {
    if let refusal = sms.refusal { return CallResult(outcome: .refused(refusal)) }
    return await call(.smsSend, sms.encoded(), reader: .sms)
  }
}
