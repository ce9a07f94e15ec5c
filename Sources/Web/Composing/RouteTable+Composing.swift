import Decisions

extension RouteTable {
  /// Messages and follow-ups that persons ask for.
  static let composing: [Route] = [
    .get("/new/{kind}", .private, .right(.propose), ComposePageHandler.self),
    .post(
      "/new/{kind}", .private, .right(.propose), bodyLimit: ComposeForm.bytes,
      ComposeSubmitForm.self),
    question,
    .post(
      "/api/v1/messages", .private, .right(.propose), bodyLimit: ComposeForm.bytes,
      MessageHandler.self),
    .post(
      "/api/v1/follow-ups", .private, .right(.propose), bodyLimit: ComposeForm.bytes,
      FollowUpHandler.self),
  ]

  private static let question: Route = {
    var route = Route.post(
      "/new/{kind}/preview", .private, .right(.propose), bodyLimit: ComposeForm.bytes,
      ComposePreviewForm.self)
    route.isQuestion = true
    return route
  }()
}
