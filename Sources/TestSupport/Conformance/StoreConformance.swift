import Engine

/// One thing that every store must do, whatever database is under it.
///
/// The cases know nothing of a test framework: they throw ``ConformanceFailure``, so that each
/// driver's tests run ``all`` with a store of their own.
public struct StoreConformance: Sendable, CustomStringConvertible {
  /// Makes a fresh, migrated store without any row.
  public typealias Make = @Sendable () async throws -> any StorePort

  /// What holds, as a sentence.
  public let name: String
  private let body: @Sendable (any StorePort) async throws -> Void

  init(_ name: String, _ body: @escaping @Sendable (any StorePort) async throws -> Void) {
    self.name = name
    self.body = body
  }

  public var description: String { name }

  /// Runs the case.
  /// - Throws: ``ConformanceFailure`` where the store does something else; errors of the store.
  public func run(make: Make) async throws { try await body(try await make()) }

  /// Every case.
  public static let all: [StoreConformance] =
    actions + keys + queue + outreach + caps + attempts + audit + processes + organisations
    + tenants
    + tracking + usage + suppressions + jobs + stops + claims + batches + senders + spending
    + syncing + pipeline + policies + access + inboxes + collectionHolds + notices
    + replays
}

/// Where a store did something else than every store must.
public struct ConformanceFailure: Error, CustomStringConvertible {
  public let description: String
  init(_ description: String) { self.description = description }
}

/// Fails the case unless the condition holds.
func check(_ condition: Bool, _ what: @autoclosure () -> String) throws {
  guard condition else { throw ConformanceFailure(what()) }
}

/// Fails the case unless both values are equal.
func same<Value: Equatable>(_ found: Value, _ expected: Value, _ what: String) throws {
  guard found == expected else {
    throw ConformanceFailure("\(what): expected \(expected), found \(found)")
  }
}

/// Fails the case unless the write is refused; nothing of it may stay.
func refused(
  _ store: any StorePort, _ what: String,
  _ body: @escaping @Sendable (any StoreTransaction) throws -> Void
) async throws {
  do {
    try await store.write(body)
  } catch let failure as ConformanceFailure {
    throw failure
  } catch {
    return
  }
  throw ConformanceFailure("not refused: \(what)")
}
