/// An answer that goes on: its parts as they come, until either side ends it.
struct LiveStream: Sendable {
  let parts: AsyncStream<[UInt8]>
  /// Ends it from this side. Idempotent.
  let end: @Sendable () -> Void
}
