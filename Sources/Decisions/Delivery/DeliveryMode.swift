/// Where effects go: the installation's choice (`AIOM_DELIVERY`).
public enum DeliveryMode: String, CaseIterable, Hashable, Sendable {
  /// To the local sandbox only.
  case sandbox
  /// To the operator's own addresses, with the intended recipients named in the message.
  case redirect
  /// To the customers.
  case live
}

/// What an org was created for. A sandbox org can never reach a provider beyond loopback.
public enum OrgMode: String, CaseIterable, Hashable, Sendable {
  case sandbox
  case live
}

/// Whether an org may use a delivery mode with a given provider address.
public enum DeliveryRule {
  /// Why a combination is refused; nil where it is allowed.
  ///
  /// - Parameters:
  ///   - isLoopback: the provider's address is 127.0.0.0/8, ::1 or `localhost`.
  ///   - isEncrypted: the provider's address is https.
  public static func refusal(
    org: OrgMode, delivery: DeliveryMode, isLoopback: Bool, isEncrypted: Bool
  ) -> String? {
    switch (org, delivery) {
    case (.sandbox, .redirect), (.sandbox, .live):
      return "sandbox_org_needs_sandbox_delivery"
    case (_, .sandbox):
      return isLoopback ? nil : "sandbox_delivery_beyond_loopback"
    case (.live, .redirect), (.live, .live):
      return isEncrypted ? nil : "live_delivery_without_https"
    }
  }
}
