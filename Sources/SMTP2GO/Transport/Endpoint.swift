/// The paths below the base address that this client calls, all by POST.
enum Endpoint: String, CaseIterable {
  case emailSend = "/email/send"
  case smsSend = "/sms/send"
  case activitySearch = "/activity/search"
  case permissions = "/api_keys/permissions"
  case singleSenders = "/single_sender_emails/view"
  case domains = "/domain/view"
}
