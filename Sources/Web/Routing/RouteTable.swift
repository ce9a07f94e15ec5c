import Decisions

/// Every route there is. What does not stand here is answered with 404 by construction.
enum RouteTable {
  /// Bytes of the largest event that is taken from the provider.
  static let webhookBytes = 262_144
  /// A form with one field.
  static let formBytes = 4096

  /// A JSON body of the API about persons and credentials.
  static let jsonBytes = 16_384

  /// A proposal with its texts; attachments are named, not sent.
  static let proposalBytes = 262_144

  static let all: [Route] =
    machines + signIn + desk + access + actions + stopping + pages + policies
    + outreach + composing + holds + setup + settings + views + live

  private static let machines: [Route] = [
    .get("/healthz", .private, .public, HealthHandler.self),
    .get("/readyz", .private, .public, ReadinessHandler.self),
    .get("/metrics", .private, .public, MetricsHandler.self),
    .post(
      "/hooks/smtp2go/{token}", .public, .public, bodyLimit: webhookBytes, WebhookHandler.self),
    .get("/u/{token}", .public, .public, UnsubscribePageHandler.self),
    .post("/u/{token}", .public, .public, bodyLimit: formBytes, UnsubscribeHandler.self),
  ]

  private static let signIn: [Route] = [
    .get("/login", .private, .public, LoginPageHandler.self),
    .post("/login", .private, .public, bodyLimit: formBytes, LoginHandler.self),
    .get("/join/{token}", .private, .public, JoinPageHandler.self),
    .post("/join/{token}", .private, .public, bodyLimit: formBytes, JoinHandler.self),
    .get("/enter/{token}", .private, .public, EnterPageHandler.self),
    .post("/enter/{token}", .private, .public, bodyLimit: formBytes, EnterHandler.self),
    .get("/account", .private, .signedIn, AccountPageHandler.self),
    .post(
      "/account/passkeys/{passkey}/remove", .private, .signedIn, bodyLimit: formBytes,
      PasskeyRemoveForm.self),
    .post("/logout", .private, .signedIn, bodyLimit: formBytes, LogoutHandler.self),
    .post(
      "/logout/everywhere", .private, .signedIn, bodyLimit: formBytes,
      LogoutEverywhereHandler.self),
  ]

  private static let desk: [Route] =
    [
      .get("/", .private, .signedIn, HomeHandler.self),
      .get("/inbox", .private, .right(.read), InboxPageHandler.self),
      .get("/inbox/together", .private, .right(.decide), TogetherPageHandler.self),
      .post(
        "/inbox/together", .private, .right(.decide), bodyLimit: jsonBytes, TogetherForm.self),
      .get("/actions", .private, .right(.read), ActionsPageHandler.self),
      .get("/actions/{action}", .private, .right(.read), CardPageHandler.self),
      .get("/actions/{action}/message", .private, .right(.read), CardMessageHandler.self),
    ]
    + [
      ("approve", .decide, ApproveForm.self), ("reject", .decide, RejectForm.self),
      ("send-now", .decide, SendNowForm.self), ("snooze", .decide, SnoozeForm.self),
      ("delegate", .decide, DelegateForm.self),
      ("settle", .decide, SettleForm.self), ("ask", .decide, AskForm.self),
      ("answer", .propose, AnswerForm.self), ("comment", .propose, CommentForm.self),
    ].map(form)
    // A message with all its words.
    + [
      .post(
        "/actions/{action}/edit", .private, .right(.decide), bodyLimit: proposalBytes,
        EditForm.self)
    ]

  private static func form(
    _ verb: String, _ right: Right, _ handler: any WritingHandler.Type
  ) -> Route {
    .post(
      "/actions/{action}/\(verb)", .private, .right(right), bodyLimit: jsonBytes, handler)
  }

  private static let access: [Route] = [
    .get("/api/v1/openapi.json", .private, .public, OpenAPIHandler.self),
    .post("/api/v1/session", .private, .public, bodyLimit: jsonBytes, SessionHandler.self),
    .post("/api/v1/session/end", .private, .signedIn, bodyLimit: jsonBytes, SessionEndHandler.self),
    .get("/api/v1/me", .private, .signedIn, MeHandler.self),
    .post(
      "/api/v1/me/passkeys/options", .private, .signedIn, bodyLimit: jsonBytes,
      PasskeyOptionsHandler.self),
    .post(
      "/api/v1/me/passkeys", .private, .signedIn, bodyLimit: jsonBytes, PasskeyAddHandler.self),
    .post(
      "/api/v1/me/passkeys/{passkey}/remove", .private, .signedIn, bodyLimit: jsonBytes,
      PasskeyRemoveHandler.self),
    .post(
      "/api/v1/me/step-up/options", .private, .signedIn, bodyLimit: jsonBytes,
      StepUpOptionsHandler.self),
    .get("/api/v1/persons", .private, .right(.read), PersonsHandler.self),
    .post(
      "/api/v1/persons", .private, .right(.people), bodyLimit: jsonBytes, PersonAddHandler.self),
    .post(
      "/api/v1/persons/{person}", .private, .right(.people), bodyLimit: jsonBytes,
      PersonChangeHandler.self),
    .get("/api/v1/roles", .private, .right(.read), RolesHandler.self),
    .post("/api/v1/roles", .private, .right(.people), bodyLimit: jsonBytes, RoleSaveHandler.self),
    .post(
      "/api/v1/roles/{role}/remove", .private, .right(.people), bodyLimit: jsonBytes,
      RoleRemoveHandler.self),
    .get("/api/v1/tokens", .private, .right(.read), TokensHandler.self),
    .post("/api/v1/tokens", .private, .signedIn, bodyLimit: jsonBytes, TokenCreateHandler.self),
    .post(
      "/api/v1/tokens/{token}/revoke", .private, .signedIn, bodyLimit: jsonBytes,
      TokenRevokeHandler.self),
  ]

  private static let actions: [Route] =
    [
      .get("/api/v1/inbox", .private, .right(.read), InboxHandler.self),
      .get("/api/v1/actions", .private, .right(.read), ActionsHandler.self),
      .post(
        "/api/v1/actions", .private, .right(.propose), bodyLimit: proposalBytes,
        ActionProposeHandler.self),
      .post(
        "/api/v1/actions/approve", .private, .right(.decide), bodyLimit: jsonBytes,
        ActionsApproveHandler.self),
      .get("/api/v1/actions/{action}", .private, .right(.read), ActionHandler.self),
      .get("/api/v1/decisions", .private, .right(.read), DecisionsHandler.self),
    ]
    + [
      ("approve", .decide, ActionApproveHandler.self),
      ("reject", .decide, ActionRejectHandler.self),
      ("send-now", .decide, ActionSendNowHandler.self),
      ("settle", .decide, ActionSettleHandler.self),
      ("snooze", .decide, ActionSnoozeHandler.self),
      ("delegate", .decide, ActionDelegateHandler.self),
      ("ask", .decide, ActionAskHandler.self),
      ("answer", .propose, ActionAnswerHandler.self),
      ("comment", .propose, ActionCommentHandler.self),
      ("edit", .decide, ActionEditHandler.self),
    ].map(onAction)

  private static func onAction(
    _ verb: String, _ right: Right, _ handler: any WritingHandler.Type
  ) -> Route {
    .post(
      "/api/v1/actions/{action}/\(verb)", .private, .right(right),
      bodyLimit: verb == "edit" ? proposalBytes : jsonBytes, handler)
  }

  private static let stopping: [Route] = [
    .get("/stop", .private, .right(.read), StopPageHandler.self),
    .post("/stop", .private, .right(.stop), bodyLimit: formBytes, StopForm.self),
    .post("/stop/resume", .private, .right(.resume), bodyLimit: formBytes, ResumeForm.self),
    .get("/api/v1/stop", .private, .right(.read), StopHandler.self),
    .post("/api/v1/stop", .private, .right(.stop), bodyLimit: jsonBytes, StopOrderHandler.self),
    .post(
      "/api/v1/stop/resume", .private, .right(.resume), bodyLimit: jsonBytes,
      ResumeHandler.self),
  ]

  /// Places to look around, each with its twin for programs.
  private static let pages: [Route] =
    [
      ("attention", AttentionPageHandler.self, AttentionHandler.self),
      ("customers", CustomersPageHandler.self, CustomersHandler.self),
      ("customers/{partner}", CustomerPageHandler.self, CustomerHandler.self),
      ("activity", ActivityPageHandler.self, ActivityHandler.self),
      ("today", TodayPageHandler.self, TodayHandler.self),
      ("audit", AuditPageHandler.self, AuditHandler.self),
    ].flatMap(page) + [.get("/audit/export", .private, .right(.read), AuditExportHandler.self)]

  private static let live: [Route] = ["/events", "/api/v1/events"].map {
    .get($0, .private, .right(.read), EventsHandler.self)
  }

  private static func page(
    _ path: String, _ page: any ReadingHandler.Type, _ twin: any ReadingHandler.Type
  ) -> [Route] {
    [
      .get("/\(path)", .private, .right(.read), page),
      .get("/api/v1/\(path)", .private, .right(.read), twin),
    ]
  }

  /// `GET /healthz` and so on, for a person who asks for something else.
  static func listing(_ listener: ListenerRole) -> [String] {
    all.filter { $0.listener == listener }.map { "\($0.method) \($0.template.text)" }
  }
}
