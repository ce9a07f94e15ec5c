import ServiceLifecycle

/// The first to hear that the process is asked to stop: the last of its services, and they stop in
/// the reverse order.
struct StopNotice: Service {
  let heard: @Sendable () -> Void

  func run() async throws {
    do {
      try await gracefulShutdown()
    } catch is CancellationError {
      // Something else ended the process.
    }
    heard()
  }
}
