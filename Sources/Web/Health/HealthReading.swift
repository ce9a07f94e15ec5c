/// One thing that has to work before the process can do its work.
public struct ReadinessCheck: Hashable, Sendable {
  /// A word such as `database`.
  public let name: String
  public let isReady: Bool

  public init(_ name: String, isReady: Bool) {
    self.name = name
    self.isReady = isReady
  }
}

/// Tells how the process is. Changes nothing.
public protocol HealthReading: Sendable {
  func readiness() async -> [ReadinessCheck]
}
