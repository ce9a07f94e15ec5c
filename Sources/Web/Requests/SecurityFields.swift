import HTTPTypes

/// The fields that every answer carries, whatever it is.
enum SecurityFields {
  /// - Parameter isSecure: whether the client's way is encrypted; only then may it be told to insist.
  static func fields(contentPolicy: String, isSecure: Bool) -> HTTPFields {
    var fields: HTTPFields = [
      .cacheControl: "no-store",
      .contentSecurityPolicy: contentPolicy,
      .xContentTypeOptions: "nosniff",
      .frameOptions: "DENY",
      .referrerPolicy: "no-referrer",
      .robotsTag: "noindex, nofollow",
      .openerPolicy: "same-origin",
      .resourcePolicy: "same-origin",
    ]
    if isSecure { fields[.strictTransportSecurity] = "max-age=31536000" }
    return fields
  }
}
