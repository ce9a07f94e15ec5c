import ActionProtocol
import Engine
import Testing

@Suite("Sync cursors")
struct SyncCursorTests {
  private let now = Instant(milliseconds: 1_000_000_000)

  private func cursor(
    _ place: SyncCursor.Place, newest: Int64 = 5000, isSettled: Bool = false
  ) -> SyncCursor {
    SyncCursor(
      place: place, newest: newest, basis: "1", movedAt: now, isSettled: isSettled, version: 1)
  }

  private func extent(_ count: Int, id: Int64? = nil, change: Int64? = nil) -> SyncExtent {
    SyncExtent(count: count, lastID: id, lastChange: change)
  }

  @Test func `all records are followed by what changed meanwhile`() {
    var cursor = cursor(.all(after: 0))
    let isLast1 = cursor.advance(past: extent(3, id: 9), limit: 3, began: now, now: now)
    #expect(!isLast1)
    #expect(cursor.place == .all(after: 9))
    let isLast2 = cursor.advance(past: extent(1, id: 12), limit: 3, began: now, now: now)
    #expect(!isLast2)
    #expect(cursor.place == .changes(since: 4700))
  }

  @Test func `a page within one second is gone through by id`() {
    var cursor = cursor(.changes(since: 5000))
    let isLast3 = cursor.advance(
      past: extent(3, id: 9, change: 5000), limit: 3, began: now, now: now)
    #expect(!isLast3)
    #expect(cursor.place == .second(5000, after: 0))
    let isLast4 = cursor.advance(
      past: extent(3, id: 7, change: 5000), limit: 3, began: now, now: now)
    #expect(!isLast4)
    #expect(cursor.place == .second(5000, after: 7))
    let isLast5 = cursor.advance(
      past: extent(2, id: 9, change: 5000), limit: 3, began: now, now: now)
    #expect(!isLast5)
    #expect(cursor.place == .changes(since: 5001))
  }

  @Test func `a full page goes on at its last second`() {
    var cursor = cursor(.changes(since: 5000))
    let isLast6 = cursor.advance(
      past: extent(3, id: 9, change: 5002), limit: 3, began: now, now: now)
    #expect(!isLast6)
    #expect(cursor.place == .changes(since: 5002))
    #expect(cursor.newest == 5002)
  }

  @Test(arguments: [(300, false), (301, true)] as [(Int64, Bool)])
  func `the overlap ends once it was read again after its time`(_ seconds: Int64, _ isOver: Bool) {
    var cursor = cursor(.changes(since: 4700))
    let began = now.advanced(by: .seconds(seconds))
    let isLast7 = cursor.advance(past: extent(0), limit: 3, began: began, now: began)
    #expect(isLast7)
    #expect(cursor.isSettled == isOver)
    cursor.begin()
    #expect(cursor.place == .changes(since: isOver ? 5001 : 4700))
  }

  @Test func `a change that is seen opens the overlap again`() {
    var cursor = cursor(.changes(since: 5001), isSettled: true)
    let later = now.advanced(by: .seconds(9000))
    let isLast8 = cursor.advance(
      past: extent(1, id: 1, change: 6000), limit: 3, began: later, now: later)
    #expect(isLast8)
    #expect(!cursor.isSettled)
    cursor.begin()
    #expect(cursor.place == .changes(since: 5700))
  }

  @Test func `what was cut off goes on where it was`() {
    var all = cursor(.all(after: 40))
    all.begin()
    #expect(all.place == .all(after: 40))
    var second = cursor(.second(5000, after: 7))
    second.begin()
    #expect(second.place == .changes(since: 4700))
  }
}
