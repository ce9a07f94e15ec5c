import Engine

/// What a route that only reads may use. A GET reaches nothing else, by type: mail scanners, link
/// previews and crawlers follow every address they see.
public struct ReadPorts: Sendable {
  public var health: any HealthReading
  public var metrics: any MetricsReading
  public var unsubscribePages: any UnsubscribePages
  public var access: AccessViews
  public var actions: ActionViews
  /// What going live takes.
  public var setup: any SetupReading
  public var settings: any OrganisationSettings
  var desk: DeskViews
  let live: LiveFeed

  public init(
    health: any HealthReading, metrics: any MetricsReading, unsubscribePages: any UnsubscribePages,
    access: AccessViews, actions: ActionViews, setup: any SetupReading,
    settings: any OrganisationSettings
  ) {
    self.settings = settings
    self.access = access
    self.setup = setup
    self.actions = actions
    desk = DeskViews(actions.context, access)
    live = LiveFeed(actions.context, access)
    self.health = health
    self.metrics = metrics
    self.unsubscribePages = unsubscribePages
  }
}

/// What a route that writes may use.
public struct WritePorts: Sendable {
  public var webhooks: any WebhookReceiving
  public var unsubscribing: any Unsubscribing
  /// Also what ``RouteDoor`` asks.
  public var access: AccessContext
  /// What decisions about actions are made with.
  public var engine: EngineContext
  /// Reads the policies that people write.
  public var policies: any PolicyTextReading
  public var setup: any SetupReading
  public var settings: any OrganisationSettings
  /// What the pages look like that a form leads back to.
  var desk: DeskViews

  public init(
    webhooks: any WebhookReceiving, unsubscribing: any Unsubscribing, access: AccessContext,
    engine: EngineContext, policies: any PolicyTextReading, setup: any SetupReading,
    settings: any OrganisationSettings
  ) {
    self.settings = settings
    self.access = access
    self.policies = policies
    self.setup = setup
    self.engine = engine
    desk = DeskViews(engine, AccessViews(access))
    self.webhooks = webhooks
    self.unsubscribing = unsubscribing
  }
}

/// Answers a GET or HEAD.
protocol ReadingHandler: Sendable {
  init(_ ports: ReadPorts)
  /// - Throws: ``Problem``, or anything else, which is answered as 503.
  func answer(_ request: WebRequest) async throws -> WebAnswer
}

/// Answers a POST.
protocol WritingHandler: Sendable {
  init(_ ports: WritePorts)
  /// Whether the body is wanted, decided before it is read.
  /// - Throws: ``Problem`` when it is not.
  func answer(_ request: WebRequest, body: RequestReading) async throws -> WebAnswer
}

/// Reads the body of a request.
/// - Throws: ``Problem/bodyTooLarge`` beyond the route's limit.
typealias RequestReading = @Sendable () async throws -> [UInt8]

/// One row of the route table.
struct Route: Sendable {
  enum Handler: Sendable {
    case reading(any ReadingHandler.Type)
    case writing(any WritingHandler.Type)
  }

  let listener: ListenerRole
  let template: RouteTemplate
  let role: RouteRole
  /// Bytes of the largest body; 0: none is read.
  let bodyLimit: Int
  let handler: Handler
  /// Whether it is asked by POST because of its size alone, and changes nothing.
  var isQuestion = false

  /// `GET` or `POST`, by what the handler may do.
  var method: String {
    switch handler {
    case .reading: "GET"
    case .writing: "POST"
    }
  }

  static func get(
    _ template: String, _ listener: ListenerRole, _ role: RouteRole,
    _ handler: any ReadingHandler.Type
  ) -> Route {
    Route(
      listener: listener, template: RouteTemplate(template), role: role, bodyLimit: 0,
      handler: .reading(handler))
  }

  static func post(
    _ template: String, _ listener: ListenerRole, _ role: RouteRole, bodyLimit: Int,
    _ handler: any WritingHandler.Type
  ) -> Route {
    Route(
      listener: listener, template: RouteTemplate(template), role: role, bodyLimit: bodyLimit,
      handler: .writing(handler))
  }
}
