/// The paths below the base address that this client calls, all by POST.
enum Endpoint: String, CaseIterable {
  case emailSend = "/email/send"
  case emailMIME = "/email/mime"
  case emailBatch = "/email/batch"
  case scheduledSearch = "/email/scheduled/search"
  case scheduledRemove = "/email/scheduled/remove"
  case smsSend = "/sms/send"
  case smsSent = "/sms/view-sent"
  case smsReceived = "/sms/view-received"
  case smsSummary = "/sms/summary"
  case activitySearch = "/activity/search"
  case archiveSearch = "/archive/search"
  case suppressionAdd = "/suppression/add"
  case suppressionView = "/suppression/view"
  case suppressionRemove = "/suppression/remove"
  case statsSummary = "/stats/email_summary"
  case statsCycle = "/stats/email_cycle"
  case statsBounces = "/stats/email_bounces"
  case statsSpam = "/stats/email_spam"
  case statsUnsubscribes = "/stats/email_unsubs"
  case statsHistory = "/stats/email_history"
  case webhookAdd = "/webhook/add"
  case webhookView = "/webhook/view"
  case webhookEdit = "/webhook/edit"
  case webhookRemove = "/webhook/remove"
  case permissions = "/api_keys/permissions"
  case singleSenders = "/single_sender_emails/view"
  case domains = "/domain/view"
  case domainVerify = "/domain/verify"
  case templateAdd = "/template/add"
  case templateEdit = "/template/edit"
  case templateDelete = "/template/delete"
  case templateSearch = "/template/search"
  case templateView = "/template/view"

  /// The provider's cap on a request's body, in bytes: 50 MB on the e-mail endpoints, 1 MB
  /// elsewhere (changelog of 2026-06-11). Whether a megabyte is 10⁶ or 2²⁰ bytes is not said; the
  /// smaller is taken, because a body that the provider finds too large leaves the outcome unknown.
  var largestRequest: Int {
    rawValue.hasPrefix("/email") ? 50_000_000 : 1_000_000
  }
}
