import ActionProtocol
import Engine
import Testing
import TestSupport

@Suite("Syncing: any order of things")
struct SyncPropertyTests {
  /// Changes, deletions, slow transactions and cuts in any order: in the end the ledger is the source.
  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func `the ledger ends as the source is`(_ seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let sync = try await SyncHouse()
    sync.books.put(.customer(1), at: 1000)
    var hidden: Set<Int64> = []
    var expected: [Int64: String] = [:]
    for step in 1...60 {
      let id = Int64.random(in: 1...25, using: &random)
      let back = Int64.random(in: 0...250, using: &random)
      switch Int.random(in: 0..<10, using: &random) {
      case 0...4:
        let number = "V\(step)"
        sync.books.put(
          .bill(id, number: number), at: sync.second - (hidden.contains(id) ? 0 : back % 3),
          micros: .random(in: 0..<1_000_000, using: &random))
        expected[id] = number
        hidden.remove(id)
      case 5:
        guard expected[id] == nil else { continue }
        expected[id] = "V\(step)"
        sync.books.put(.bill(id, number: "V\(step)"), at: sync.second - back, isVisible: false)
        hidden.insert(id)
      case 6:
        sync.books.delete(.invoices, id)
        expected[id] = nil
        hidden.remove(id)
      case 7:
        sync.house.clock.advance(by: .seconds(Int64.random(in: 1...400, using: &random)))
        for id in hidden { sync.books.show(.invoices, id) }
        hidden = []
      case 8:
        sync.books.fail(page: .random(in: 5...9, using: &random), with: CancellationError())
        _ = try? await sync.sync(page: .random(in: 1...4, using: &random))
      default: try await sync.sync(page: .random(in: 1...4, using: &random))
      }
    }
    for id in hidden { sync.books.show(.invoices, id) }
    sync.books.put(.bill(99, number: "LAST"), at: sync.second)
    expected[99] = "LAST"
    _ = try? await sync.sync()
    try await sync.sync(full: true)
    #expect(try await sync.invoices() == expected, "seed \(seed)")
  }
}
