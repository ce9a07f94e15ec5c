import ActionProtocol
import Decisions
import Testing

@testable import Engine

@Suite struct RecordedResultsTests {
  private struct Fault: Error {}

  private static let entry = RecordedResults.Entry(lane: nil, result: .failure(Fault()))

  @Test func `what came before anybody asked is given at once, all of it`() async {
    let results = RecordedResults()
    for _ in 0..<3 { results.add(Self.entry) }
    #expect(await results.next().count == 3)
  }

  @Test func `whoever waits gets what comes, and nothing twice`() async {
    let results = RecordedResults()
    async let count = Self.read(results, until: 200)
    for _ in 0..<200 {
      results.add(Self.entry)
      await Task.yield()
    }
    #expect(await count == 200)
  }

  @Test func `a wait outlives its cancellation`() async {
    let results = RecordedResults()
    let reader = Task { await results.next().count }
    reader.cancel()
    await Task.yield()
    results.add(Self.entry)
    #expect(await reader.value == 1)
  }

  private static func read(_ results: RecordedResults, until wanted: Int) async -> Int {
    var count = 0
    while count < wanted { count += await results.next().count }
    return count
  }
}
