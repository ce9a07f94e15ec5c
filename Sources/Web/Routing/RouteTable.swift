/// Every route there is. What does not stand here is answered with 404 by construction.
enum RouteTable {
  /// Bytes of the largest event that is taken from the provider.
  static let webhookBytes = 262_144
  /// A form with one field.
  static let formBytes = 4096

  static let all: [Route] = [
    .get("/healthz", .private, .public, HealthHandler.self),
    .get("/readyz", .private, .public, ReadinessHandler.self),
    .get("/metrics", .private, .public, MetricsHandler.self),
    .post(
      "/hooks/smtp2go/{token}", .public, .public, bodyLimit: webhookBytes, WebhookHandler.self),
    .get("/u/{token}", .public, .public, UnsubscribePageHandler.self),
    .post("/u/{token}", .public, .public, bodyLimit: formBytes, UnsubscribeHandler.self),
  ]

  /// `GET /healthz` and so on, for a person who asks for something else.
  static func listing(_ listener: ListenerRole) -> [String] {
    all.filter { $0.listener == listener }.map { "\($0.method) \($0.template.text)" }
  }
}
