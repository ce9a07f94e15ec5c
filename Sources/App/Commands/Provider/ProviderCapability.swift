/// What a key is allowed for, and what is missing without it. A key that may only send is a
/// supported configuration: everything else here is optional.
struct ProviderCapability: Sendable {
  /// The box's id.
  let id: String
  let title: String
  let endpoints: [String]
  /// What is off without any of them, as the end of a sentence.
  let disables: String
  /// Whether nothing works without it.
  var isNeeded = false

  static let all = [
    ProviderCapability(
      id: "email_permission", title: "May send e-mail", endpoints: ["/email/send"],
      disables: "nothing can be sent by e-mail", isNeeded: true),
    ProviderCapability(
      id: "sms_permission", title: "May send SMS", endpoints: ["/sms/send"],
      disables: "SMS is off"),
    ProviderCapability(
      id: "activity_permission", title: "May search activity", endpoints: ["/activity/search"],
      disables: "e-mails of unknown outcome are not looked up: without a webhook a person is asked "
        + "at once"),
    ProviderCapability(
      id: "sms_sent_permission", title: "May read sent SMS", endpoints: ["/sms/view-sent"],
      disables: "SMS of unknown outcome are not looked up: a person is asked at once"),
    ProviderCapability(
      id: "sms_received_permission", title: "May read answers by SMS",
      endpoints: ["/sms/view-received"],
      disables: "a STOP is not read: SMS to customers stay off until AIOM_SMS_OPT_OUT says how "
        + "they opt out"),
    ProviderCapability(
      id: "webhook_permission", title: "May manage webhooks",
      endpoints: ["/webhook/view", "/webhook/add", "/webhook/edit", "/webhook/remove"],
      disables: "`aiom smtp2go webhook install` cannot work: what became of a message is not told"),
    ProviderCapability(
      id: "suppression_permission", title: "May read suppressions",
      endpoints: ["/suppression/view", "/suppression/add"],
      disables: "the provider's list of bounced and unsubscribed addresses is not read, and those "
        + "who unsubscribe here are not entered there"),
    ProviderCapability(
      id: "senders_permission", title: "May see senders, domains",
      endpoints: ["/single_sender_emails/view", "/domain/view"],
      disables: "nobody can tell here whether sender and domain are verified"),
    ProviderCapability(
      id: "usage_permission", title: "May see usage",
      endpoints: ["/stats/email_cycle", "/sms/summary"],
      disables: "the provider's own figures are left out of check and cost"),
  ]
}
