extension SMTP2GOClient {
  /// Sends one e-mail (`/email/send`).
  ///
  /// Not idempotent: a second call is a second e-mail. What can be refused here is refused without
  /// a request, with a code that starts with `client.`.
  public func send(_ email: OutgoingEmail) async -> CallResult<EmailReceipt> {
    if let refusal = email.refusal { return CallResult(outcome: .refused(refusal)) }
    return await call(.emailSend, email.encoded(), reader: .email)
  }
}
