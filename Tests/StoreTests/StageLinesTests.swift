import ActionProtocol
import Engine
import Testing

@testable import Store

@Suite struct StageLinesTests {
  @Test func `stages come back as they were written, in their order`() {
    let stages = Stage.allCases.enumerated().map { place, stage in
      StageRecord(
        stage: stage, startedAt: Instant(milliseconds: 1_700_000_000_000 + Int64(place)),
        microseconds: Int64(place) * 1001,
        result: ["ok", "accepted", "", "held", "ok", "ok"][place],
        detail: place == 3 ? "cool_down" : place == 4 ? "" : nil)
    }
    #expect(StageLines(StageLines(stages).text)?.stages == stages)
    #expect(StageLines("")?.stages == [])
  }

  @Test func `a code with a break in it stays one part of one line`() {
    let odd = StageRecord(
      stage: .execution, startedAt: .init(milliseconds: 1), microseconds: 2, result: "a\tb",
      detail: "c\r\nd")
    let read = StageLines(StageLines([odd, odd]).text)?.stages
    #expect(read?.map(\.result) == ["a b", "a b"])
    #expect(read?.map(\.detail) == ["c d", "c d"])
  }

  @Test(arguments: ["nothing", "execution\t1", "execution\tx\t2", "sleep\t1\t2"])
  func `a text that is none is not read`(text: String) { #expect(StageLines(text) == nil) }
}
