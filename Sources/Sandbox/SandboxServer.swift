import Hummingbird
public import Logging
import NIOCore
import ServiceLifecycle
import Synchronization

/// A local SMTP2GO on 127.0.0.1: the vendor's API, faults on demand, and an outbox to look at.
///
/// Written from the vendor's documents alone. It shares no type with the client, so that one
/// misreading cannot cancel another.
public final class SandboxServer: Sendable {
  /// What arrived.
  public var mailbox: SandboxMailbox { SandboxMailbox(store: store) }

  private let configuration: SandboxConfiguration
  private let logger: Logger
  private let store: MailboxStore
  private let faults = FaultSwitch()
  private let hangs = OpenHangs()
  private let settings: SandboxSettings
  private let statistics = RequestStatistics()
  private let keys: VendorKeys
  private let postRoom: PostRoom
  private let running = Mutex(Running())

  private struct Running {
    var isRunning = false
    var group: ServiceGroup?
    var task: Task<Void, any Error>?
    var port: Int?
  }

  public init(configuration: SandboxConfiguration, logger: Logger) {
    self.configuration = configuration
    self.logger = logger
    settings = SandboxSettings(configuration)
    store = MailboxStore(configuration)
    keys = VendorKeys(configuration, settings: settings)
    let courier = WebhookCourier(store: store, settings: settings, clock: configuration.clock)
    postRoom = PostRoom(store: store, courier: courier, clock: configuration.clock)
  }

  /// The port while the sandbox listens.
  public var port: Int? { running.withLock(\.port) }

  /// Serves until the task is cancelled or its service group shuts down gracefully.
  ///
  /// - Throws: `SandboxError`, or what binding the port throws.
  public func run() async throws {
    try await run { _ in }
  }

  /// Starts in the background and returns when the port answers.
  ///
  /// - Returns: the bound port.
  /// - Throws: `SandboxError`, or what binding the port throws.
  public func start() async throws -> Int {
    let (ports, bound) = AsyncStream<Int>.makeStream()
    let group = group { bound.yield($0) }
    let task = try running.withLock { running in
      guard running.task == nil else { throw SandboxError("already_running") }
      let task = Task {
        defer { bound.finish() }
        try await group.run()
      }
      running.group = group
      running.task = task
      return task
    }
    for await port in ports { return port }
    running.withLock { $0.task = nil }
    try await task.value
    throw SandboxError("did_not_start")
  }

  /// The sandbox as the only service of a group, which can be asked to finish.
  private func group(onListening: @escaping @Sendable (Int) -> Void) -> ServiceGroup {
    let service = BackgroundService { try await self.run(onListening: onListening) }
    // Five seconds for clients that never finish a request; then they are cut off.
    var options = ServiceGroupConfiguration(
      services: [.init(service: service, successTerminationBehavior: .gracefullyShutdownGroup)],
      logger: quietLogger)
    options.maximumGracefulShutdownDuration = .seconds(5)
    return ServiceGroup(configuration: options)
  }

  /// Stops what `start` began: hanging requests are cut, the others are answered first.
  public func stop() async throws {
    let (group, task) = running.withLock { running in
      defer {
        running.group = nil
        running.task = nil
      }
      return (running.group, running.task)
    }
    hangs.closeAll()
    await group?.triggerGracefulShutdown()
    try await task?.value
  }

  private func run(onListening: @escaping @Sendable (Int) -> Void) async throws {
    try running.withLock { running in
      guard !running.isRunning else { throw SandboxError("already_running") }
      running.isRunning = true
    }
    defer {
      store.close()
      running.withLock {
        $0.isRunning = false
        $0.port = nil
      }
    }
    if let path = configuration.stateFile {
      try store.open(stateFile: path, synchronizes: configuration.synchronizesStateFile)
    }
    hangs.reopen()
    let application = application(onListening: onListening)
    // Both end with this scope: what is not posted by then stays unposted.
    async let _ = postRoom.courier.run()
    async let _ = releaseScheduledMail()
    try await withGracefulShutdownHandler {
      try await application.run()
    } onGracefulShutdown: {
      self.hangs.closeAll()
    }
  }

  /// Lets scheduled mail leave while nobody asks for anything.
  private func releaseScheduledMail() async {
    while !Task.isCancelled {
      postRoom.settle()
      try? await Task.sleep(for: .milliseconds(500))
    }
  }

  private func application(
    onListening: @escaping @Sendable (Int) -> Void
  ) -> some ApplicationProtocol {
    Application(
      responder: responder,
      server: .http1(configuration: .init(additionalChannelHandlers: [PeerWatch()])),
      configuration: ApplicationConfiguration(
        address: .hostname("127.0.0.1", port: configuration.port)),
      onServerRunning: { channel in
        guard let port = channel.localAddress?.port else { return }
        self.running.withLock { $0.port = port }
        self.logger.info("sandbox listening", metadata: ["port": "\(port)"])
        onListening(port)
      },
      logger: quietLogger)
  }

  /// Hummingbird's own lines say nothing that ours do not.
  private var quietLogger: Logger {
    var quiet = logger
    quiet.logLevel = max(quiet.logLevel, .error)
    return quiet
  }

  private var responder: SandboxResponder {
    let api = VendorAPI(
      keys: keys, postRoom: postRoom, faults: faults, settings: settings, statistics: statistics)
    let control = ControlAPI(
      postRoom: postRoom, keys: keys, faults: faults, hangs: hangs, settings: settings,
      statistics: statistics)
    let pages = OutboxPages(postRoom: postRoom)
    return SandboxResponder(api: api, control: control, pages: pages, hangs: hangs)
  }
}

extension SandboxServer: Service {}

extension SandboxServer {
  /// Switches a fault on in place of what was set for the same path.
  ///
  /// - Parameters:
  ///   - count: how many requests it strikes; `nil` until cleared.
  ///   - path: an endpoint such as "/activity/search"; `nil` for the two that send.
  public func setFault(_ fault: SandboxFault, count: Int? = nil, path: String? = nil) {
    faults.set(
      FaultSwitch.Rule(
        fault: fault, remaining: count, path: path.map(SandboxResponder.endpointPath(of:))))
  }

  /// Puts a sequence of faults in place of what was set.
  public func setFaults(_ schedule: FaultSchedule) {
    faults.replace(with: schedule.rules, cycles: schedule.cycles)
  }

  /// How many posts of events to webhooks are still to be made.
  public var pendingWebhookPosts: Int { postRoom.courier.report.pending }

  /// Switches every fault off.
  public func clearFaults() {
    faults.clear()
  }

  /// How often a fault has struck.
  public func timesStruck(_ fault: SandboxFault) -> Int {
    faults.fired[fault] ?? 0
  }

  /// How many requests hang now.
  public var hangingRequests: Int { hangs.count }

  /// How long an event stays invisible to `/activity/search`.
  public var activityDelay: Duration {
    get { settings.activityDelay }
    set { settings.activityDelay = newValue }
  }
}

/// Runs a closure as a service.
private struct BackgroundService: Service {
  var body: @Sendable () async throws -> Void

  func run() async throws {
    try await body()
  }
}
