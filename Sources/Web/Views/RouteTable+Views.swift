import Decisions

extension RouteTable {
  /// What stands above the inbox: views that persons keep, and approvals that can be undone.
  static let views: [Route] = [
    .post(
      "/inbox/undo", .private, .right(.decide), bodyLimit: formBytes, InboxUndoForm.self),
    .post(
      "/inbox/send-now", .private, .right(.decide), bodyLimit: formBytes, InboxSendNowForm.self),
    .post("/inbox/views", .private, .right(.read), bodyLimit: formBytes, ViewSaveForm.self),
    .post(
      "/inbox/views/remove", .private, .right(.read), bodyLimit: formBytes, ViewRemoveForm.self),
    .get("/api/v1/inbox/views", .private, .right(.read), ViewsHandler.self),
    .post(
      "/api/v1/inbox/views", .private, .right(.read), bodyLimit: jsonBytes, ViewSaveHandler.self),
    .post(
      "/api/v1/inbox/views/{view}/remove", .private, .right(.read), bodyLimit: jsonBytes,
      ViewRemoveHandler.self),
  ]
}
