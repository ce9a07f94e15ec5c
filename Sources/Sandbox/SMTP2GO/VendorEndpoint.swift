/// The endpoints of API v3 that this sandbox has.
enum VendorEndpoint: String, CaseIterable {
  case emailSend = "/email/send"
  case smsSend = "/sms/send"
  case activitySearch = "/activity/search"
  case keyPermissions = "/api_keys/permissions"
  case singleSendersView = "/single_sender_emails/view"
  case domainView = "/domain/view"

  /// The two that a fault without a path strikes.
  static let sending: Set<String> = [emailSend.rawValue, smsSend.rawValue]

  /// The cap on the request body in bytes, enforced since 2026-06-11.
  var bodyLimit: Int {
    self == .emailSend ? 50 * 1024 * 1024 : 1024 * 1024
  }

  /// `/api_keys/permissions` answers every key, whatever it may do.
  var needsPermission: Bool { self != .keyPermissions }
}
