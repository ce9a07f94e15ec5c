import Testing

@testable import Resolving

/// What a hostile server may send, past the resolver's own looks.
@Suite struct TXTMessageTests {
  private static let question: [UInt8] =
    [7, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0] + Reply.name("_dmarc.acme.example") + [0, 16, 0, 1]

  private func read(_ bytes: [UInt8]) -> TXTResolver.Answer {
    TXTMessage(bytes[...]).answer(for: "_dmarc.acme.example")
  }

  @Test func `cut anywhere it is unreadable, never something else`() {
    let whole = Reply.answer(
      Self.question, Reply.text("v=DMARC1; ", "p=none"), Reply.text("other"))
    #expect(read(whole) == .records(["v=DMARC1; p=none", "other"]))
    for length in 0..<whole.count { #expect(read(Array(whole[..<length])) == .failed) }
  }

  @Test func `no octet that is changed makes it fall over`() {
    let whole = Reply.answer(
      Self.question, Reply.record(type: 5, Reply.name("a.example")),
      Reply.text("v=DMARC1; p=none", owner: Reply.name("a.example")))
    #expect(read(whole) == .records(["v=DMARC1; p=none"]))
    for index in whole.indices {
      for value in [0, 1, 0x3F, 0x40, 0x7F, 0x80, 0xC0, 0xFF] as [UInt8] {
        var changed = whole
        changed[index] = value
        _ = read(changed)
      }
    }
  }

  @Test(arguments: [
    // A pointer to itself, one ahead, and one past the end.
    Reply.text("x", owner: [0xC0, 37]), Reply.text("x", owner: [0xC0, 60]),
    Reply.text("x", owner: [0xFF, 0xFF]),
    // A string that is longer than its record, and a label of an unknown kind.
    Reply.record(type: 16, [5, 65]), Reply.text("x", owner: [0x80, 1]),
    // More data than there is.
    [0xC0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 0xFF, 0xFF, 1, 65],
  ])
  func `lengths and pointers that lie are unreadable`(_ record: [UInt8]) {
    #expect(read(Reply.answer(Self.question, record)) == .failed)
  }

  @Test func `names do not grow without end`() {
    let label = [UInt8(63)] + [UInt8](repeating: 97, count: 63)
    let owner = label + label + label + label + label + [UInt8(0)]
    #expect(read(Reply.answer(Self.question, Reply.text("x", owner: owner))) == .failed)
  }

  @Test func `records of other classes, and empty ones, count for nothing`() {
    var chaos = Reply.text("v=DMARC1; p=none")
    chaos[5] = 3
    #expect(read(Reply.answer(Self.question, chaos)) == .absent)
    #expect(read(Reply.answer(Self.question, Reply.record(type: 16, []))) == .records([""]))
    #expect(
      read(Reply.answer(Self.question, Reply.record(type: 16, [2, 0xFF, 0xFE])))
        == .records(["\u{FFFD}\u{FFFD}"]))
  }
}
