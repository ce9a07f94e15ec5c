import ActionProtocol

/// Answers a request that names a key once: asked again, the first answer comes back.
///
/// Only what was done is kept; whatever was refused may be asked again under the same key. A process that
/// dies in between leaves the key for ``patience``; then the request is carried out again, which what it
/// changes has to stand: decisions name a revision and a digest.
public struct Replays: Sendable {
  /// So long an answer is kept.
  public static let memory: Duration = .seconds(86_400)
  /// So long a request may take.
  public static let patience: Duration = .seconds(60)

  /// How a request stands to those before it.
  public enum Beginning: Hashable, Sendable {
    /// It is the first one.
    case fresh(ReplayRecord)
    case answered(KeptAnswer)
    /// The key was used for another request.
    case another
    /// The first one is still being answered.
    case running
  }

  private let store: any StorePort

  public init(_ store: any StorePort) { self.store = store }

  public func begin(_ key: ReplayKey, _ request: Digest) async throws -> Beginning {
    try await store.write { store in
      if let known = try store.replay(key),
        known.begunAt.advanced(by: Self.memory) > store.now
      {
        guard known.request == request else { return .another }
        if let answer = known.answer { return .answered(answer) }
        if known.begunAt.advanced(by: Self.patience) > store.now { return .running }
      }
      let record = ReplayRecord(key: key, request: request, begunAt: store.now)
      try store.begin(record)
      return .fresh(record)
    }
  }

  public func keep(_ answer: KeptAnswer, of record: ReplayRecord) async throws {
    try await store.write { try $0.keep(answer, of: record) }
  }

  public func forget(_ record: ReplayRecord) async throws {
    try await store.write { try $0.forget(record) }
  }
}
