/// What the provider's names of events mean. The contract, the pages for people and live posts
/// differ in tense and prefix.
enum WebhookEventName {
  static func kind(_ fields: WebhookFields) -> WebhookEvent.Kind {
    var name = fields.name.lowercased()
    name.replace("-", with: "_")
    if let kind = unmistakable[name] { return kind }
    let isSMS = fields.text("destination_number") != nil && fields.text("email_id") == nil
    if name == "delivered" { return isSMS ? .smsDelivered : .delivered }
    if name == "rejected" { return isSMS ? .smsRejected : .rejected }
    if ["bounce", "bounced"].contains(name) { return bounce(fields.text("bounce", "bounce_type")) }
    return .unknown
  }

  private static func bounce(_ kind: String?) -> WebhookEvent.Kind {
    switch kind?.lowercased() {
    case "hard": .bouncedHard
    case "soft": .bouncedSoft
    default: .bounced
    }
  }

  private static let unmistakable: [String: WebhookEvent.Kind] = [
    "processed": .processed, "open": .opened, "opened": .opened, "click": .clicked,
    "clicked": .clicked, "hard_bounce": .bouncedHard, "hard_bounced": .bouncedHard,
    "bounce_hard": .bouncedHard, "soft_bounce": .bouncedSoft, "soft_bounced": .bouncedSoft,
    "bounce_soft": .bouncedSoft, "reject": .rejected, "spam": .complained,
    "spam_complaint": .complained, "complaint": .complained, "complained": .complained,
    "unsubscribe": .unsubscribed, "unsubscribed": .unsubscribed, "resubscribe": .resubscribed,
    "resubscribed": .resubscribed, "sms_sending": .smsSending, "sending": .smsSending,
    "sms_submitted": .smsSubmitted, "submitted": .smsSubmitted, "sms_delivered": .smsDelivered,
    "sms_failed": .smsFailed, "failed": .smsFailed, "sms_rejected": .smsRejected,
    "sms_reject": .smsRejected, "sms_opt_out": .smsOptOut, "sms_optout": .smsOptOut,
    "sms_opted_out": .smsOptOut, "opt_out": .smsOptOut, "optout": .smsOptOut,
    "sms_unsubscribe": .smsOptOut, "sms_unsubscribed": .smsOptOut,
  ]
}
