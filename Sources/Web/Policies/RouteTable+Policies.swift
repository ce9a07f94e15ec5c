import Decisions

extension RouteTable {
  /// Fixed paths stand before the one with a number in it.
  static let policies: [Route] =
    [
      ("check", .policy, PolicyCheckForm.self, PolicyCheckHandler.self),
      ("backtest", .policy, PolicyBacktestForm.self, PolicyBacktestHandler.self),
      ("activate", .policy, PolicyActivateForm.self, PolicyActivateHandler.self),
      ("rollback", .policy, PolicyRollbackForm.self, PolicyRollbackHandler.self),
      ("approve", .policy, PolicyApproveForm.self, PolicyApproveHandler.self),
      ("reject", .policy, PolicyRejectForm.self, PolicyRejectHandler.self),
    ].flatMap(order)
    + [
      .get("/policies", .private, .right(.read), PoliciesPageHandler.self),
      .get("/policies/draft", .private, .right(.read), PolicyDraftPageHandler.self),
      .get("/policies/{version}", .private, .right(.read), PolicyVersionPageHandler.self),
      .get("/api/v1/policies", .private, .right(.read), PoliciesHandler.self),
      .get("/api/v1/policies/fields", .private, .right(.read), PolicyFieldsHandler.self),
      .get("/api/v1/policies/{version}", .private, .right(.read), PolicyVersionHandler.self),
    ]

  /// A deed by a form and its twin for programs. A policy comes with all its words.
  private static func order(
    _ verb: String, _ right: Right, _ form: any WritingHandler.Type,
    _ twin: any WritingHandler.Type
  ) -> [Route] {
    var routes: [Route] = [
      .post("/policies/\(verb)", .private, .right(right), bodyLimit: proposalBytes, form),
      .post("/api/v1/policies/\(verb)", .private, .right(right), bodyLimit: proposalBytes, twin),
    ]
    for place in routes.indices { routes[place].isQuestion = ["check", "backtest"].contains(verb) }
    return routes
  }
}
