import TestSupport
import Testing

/// Gives a suite a server of its own, which ends with it.
struct ClusterTrait: SuiteTrait, TestScoping {
  /// The suite's server.
  @TaskLocal static var current: TestCluster?

  let kind: TestCluster.Kind

  @concurrent
  func provideScope(
    for test: Test, testCase: Test.Case?,
    performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    let cluster = try TestCluster(kind)
    try await Self.$current.withValue(cluster, operation: function)
  }
}

extension Trait where Self == ClusterTrait {
  static func cluster(_ kind: TestCluster.Kind) -> Self { ClusterTrait(kind: kind) }
}
