import Decisions

extension RouteTable {
  static let setup: [Route] = [
    .get("/setup", .private, .right(.read), SetupPageHandler.self),
    .post("/setup/tick", .private, .right(.settings), bodyLimit: formBytes, SetupTickForm.self),
    .post(
      "/setup/untick", .private, .right(.settings), bodyLimit: formBytes, SetupUntickForm.self),
    .get("/api/v1/setup", .private, .right(.read), SetupHandler.self),
    .post(
      "/api/v1/setup/tick", .private, .right(.settings), bodyLimit: jsonBytes,
      SetupTickHandler.self),
    .post(
      "/api/v1/setup/untick", .private, .right(.settings), bodyLimit: jsonBytes,
      SetupUntickHandler.self),
  ]
}
