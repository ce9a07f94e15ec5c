/// The endpoints of API v3 that this sandbox has.
enum VendorEndpoint: String, CaseIterable {
  case emailSend = "/email/send"
  case emailMIME = "/email/mime"
  case emailBatch = "/email/batch"
  case scheduledSearch = "/email/scheduled/search"
  case scheduledRemove = "/email/scheduled/remove"
  case smsSend = "/sms/send"
  case smsViewSent = "/sms/view-sent"
  case smsViewReceived = "/sms/view-received"
  case smsSummary = "/sms/summary"
  case activitySearch = "/activity/search"
  case archiveSearch = "/archive/search"
  case archiveEmail = "/archive/email"
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
  case templateAdd = "/template/add"
  case templateEdit = "/template/edit"
  case templateDelete = "/template/delete"
  case templateSearch = "/template/search"
  case templateView = "/template/view"
  case keyPermissions = "/api_keys/permissions"
  case singleSendersView = "/single_sender_emails/view"
  case domainView = "/domain/view"
  case domainVerify = "/domain/verify"

  /// Those that send: a fault without a path strikes them, a key's limit counts them.
  static let sending: Set<String> = [
    emailSend.rawValue, emailMIME.rawValue, emailBatch.rawValue, smsSend.rawValue,
  ]

  /// The cap on the request body in bytes, enforced since 2026-06-11: 50 MB under `/email`.
  var bodyLimit: Int {
    rawValue.hasPrefix("/email") ? 50 * 1024 * 1024 : 1024 * 1024
  }

  /// Whether files come in the body, which go to disk while they arrive.
  var carriesFiles: Bool {
    self == .emailSend || self == .emailMIME || self == .emailBatch
  }

  /// `/api_keys/permissions` answers every key, whatever it may do.
  var needsPermission: Bool { self != .keyPermissions }
}
