import Decisions

extension RouteTable {
  static let outreach: [Route] = [
    .get("/outreach", .private, .right(.read), OutreachPageHandler.self),
    .post(
      "/outreach/suppress", .private, .right(.suppress), bodyLimit: formBytes, SuppressForm.self),
    .post("/outreach/lift", .private, .right(.unsuppress), bodyLimit: formBytes, LiftForm.self),
    .post(
      "/outreach/holds/end", .private, .right(.records), bodyLimit: formBytes, HoldEndForm.self),
    .get("/api/v1/outreach", .private, .right(.read), OutreachHandler.self),
    .get("/api/v1/suppressions", .private, .right(.read), SuppressionsHandler.self),
    .post(
      "/api/v1/suppressions", .private, .right(.suppress), bodyLimit: jsonBytes,
      SuppressHandler.self),
    .post(
      "/api/v1/suppressions/{suppression}/lift", .private, .right(.unsuppress),
      bodyLimit: jsonBytes, LiftHandler.self),
    .post(
      "/api/v1/holds/{hold}/end", .private, .right(.records), bodyLimit: jsonBytes,
      HoldEndHandler.self),
  ]
}
