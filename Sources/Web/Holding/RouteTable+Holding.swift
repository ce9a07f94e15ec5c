import Decisions

extension RouteTable {
  /// What customers are not asked for; ending one stands under outreach, too.
  static let holds: [Route] = [
    .post(
      "/actions/{action}/hold", .private, .right(.records), bodyLimit: jsonBytes,
      CardHoldForm.self),
    .post(
      "/customers/{partner}/hold", .private, .right(.records), bodyLimit: jsonBytes,
      CustomerHoldForm.self),
    .post(
      "/customers/{partner}/holds/end", .private, .right(.records), bodyLimit: formBytes,
      CustomerHoldEndForm.self),
    .post("/api/v1/holds", .private, .right(.records), bodyLimit: jsonBytes, HoldHandler.self),
  ]
}
