import Synchronization

/// How often a connection of this process was lost or replaced: another server may be there since.
final class ConnectionLosses: Sendable {
  private let number = Atomic<Int>(0)

  var count: Int { number.load(ordering: .acquiring) }

  func add() { number.add(1, ordering: .releasing) }
}
