import Decisions

extension RouteTable {
  static let settings: [Route] = [
    .get("/settings", .private, .right(.read), SettingsPageHandler.self),
    .post(
      "/settings/change", .private, .right(.settings), bodyLimit: jsonBytes,
      SettingsChangeForm.self),
    .post(
      "/settings/people/add", .private, .right(.people), bodyLimit: formBytes, PersonAddForm.self),
    .post(
      "/settings/people/change", .private, .right(.people), bodyLimit: formBytes,
      PersonChangeForm.self),
    .post(
      "/settings/tokens/create", .private, .right(.read), bodyLimit: formBytes,
      TokenCreateForm.self),
    .post(
      "/settings/tokens/revoke", .private, .right(.read), bodyLimit: formBytes,
      TokenRevokeForm.self),
    .get("/api/v1/settings", .private, .right(.read), SettingsHandler.self),
    .post(
      "/api/v1/settings", .private, .right(.settings), bodyLimit: jsonBytes,
      SettingsChangeHandler.self),
  ]
}
