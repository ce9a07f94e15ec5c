import ActionProtocol
import Addressing
import Decisions
@testable import Engine
import Foundation
import Testing
import TestSupport

@Suite struct SuppressionReplyTests {
  private static let number = "+16175550123"
  private static let marker = "zebrafinch"

  private func reply(
    _ text: String, id: String? = "r1", from: String = number, at: Instant? = nil
  ) throws -> SMSReply {
    SMSReply(providerID: id, from: try PhoneNumber(e164: from), text: text, at: at)
  }

  /// A house that has sent one SMS to Acme, just now: the answers were read before it.
  private func house() async throws -> EngineHouse {
    let house = try await EngineHouse.withAcme()
    _ = try await house.sentText("alert-1", "Please call us.")
    return house
  }

  /// A second SMS to Acme, a day later.
  private func second(_ house: EngineHouse) async throws -> ActionID {
    house.clock.advance(by: .seconds(24 * 3600))
    try await house.books(try Books.acme(due: "2026-01-03"))
    return try await house.text("alert-2", "Please call us again.")
  }

  private func read(_ house: EngineHouse) async throws -> ReplyReader.Report {
    try await ReplyReader(house.context).read(house.org)
  }

  private func due(_ house: EngineHouse) async throws -> Instant? {
    let far = house.clock.now.advanced(by: .seconds(365 * 86_400))
    return try await house.store.read { try $0.dueTimers([.readReplies], at: far, limit: 9) }
      .first?.due
  }

  @Test func `five minutes after an SMS the answers are read, and a STOP ends SMS alone`()
    async throws
  {
    let house = try await house()
    house.channel.hear(.done([try reply("Stop.", at: house.clock.now)]))
    #expect(try await TimerService(house.context).runDue() == 0)
    house.clock.advance(by: .seconds(300))
    #expect(try await TimerService(house.context).runDue() == 1)
    let found = try #require(try await house.suppressions(Self.number, .sms).first)
    #expect(found.reason == .stop)
    #expect(found.scope == .all)
    #expect(found.source == "sms_reply")
    #expect(found.evidence == "r1")
    #expect(found.expiresAt == nil)
    #expect(found.addressText == Self.number)
    #expect(try await house.kinds().count { $0 == "suppression.added" } == 1)
    let text = try await second(house)
    for knowingly in [false, true] {
      let error = await #expect(throws: DecisionError.self) {
        try await house.approve(text, despiteObjection: knowingly)
      }
      #expect(error?.code == "suppressed.stop")
    }
    let mail = try await house.propose()
    try await house.approve(mail)
    #expect(try await house.run([mail]).map(\.outcome) == [.completed])
  }

  @Test func `a STOP between approval and execution is heard`() async throws {
    let house = try await house()
    let text = try await second(house)
    try await house.approve(text)
    house.channel.hear(.done([try reply("STOP")]))
    try await TimerService(house.context).runDue()
    #expect(try await house.run([text]).map(\.outcome) == [.failed(code: "suppressed.stop")])
    #expect(house.channel.calls.count == 1)
  }

  @Test func `a STOP that nobody has read yet is read before the SMS goes out`() async throws {
    let house = try await house()
    let text = try await second(house)
    try await house.approve(text)
    house.channel.hear(.done([try reply("STOP")]))
    #expect(try await house.run([text]).map(\.outcome) == [.failed(code: "suppressed.stop")])
    #expect(house.channel.calls.count == 1)
    let kinds = try await house.kinds(text)
    #expect(!kinds.contains("execution.intended"), "\(kinds)")
  }

  @Test func `before SMS go out the answers are read, and not again for ten minutes`() async throws
  {
    let house = try await house()
    #expect(house.channel.repliesAskedSince.count == 1)
    let reader = ReplyReader(house.context)
    house.clock.advance(by: .seconds(599))
    try await reader.refresh([house.org])
    #expect(house.channel.repliesAskedSince.count == 1)
    house.clock.advance(by: .seconds(1))
    try await reader.refresh([house.org])
    #expect(house.channel.repliesAskedSince.count == 2)
    try await reader.refresh([])
    #expect(house.channel.repliesAskedSince.count == 2)
  }

  @Test func `the channel is told whether somebody reads the answers`() async throws {
    let house = try await house()
    #expect(house.channel.calls.map(\.answersAreRead) == [true])
    house.channel.hear(.notPermitted)
    try await house.approve(try await second(house))
    try await house.run()
    #expect(house.channel.calls.map(\.answersAreRead) == [true, false])
  }

  @Test(arguments: [(3599, true), (3600, false)])
  func `answers that were read within the hour count as read`(
    _ seconds: Int, _ fresh: Bool
  ) async throws {
    let house = try await house()
    let text = try await second(house)
    try await house.approve(text)
    house.channel.hear(.done([]))
    _ = try await read(house)
    house.channel.hear(.failed(code: "deadline"))
    house.clock.advance(by: .seconds(seconds))
    try await house.books(try Books.acme(due: "2026-01-03"))
    try await house.run([text])
    #expect(house.channel.calls.map(\.answersAreRead) == [true, fresh])
  }

  @Test func `what may be a STOP wants a person's eye`() async throws {
    let house = try await house()
    house.channel.hear(.done([try reply("please stop texting")]))
    let report = try await read(house)
    #expect(report.stopped == 0)
    #expect(report.unclear == 1)
    let text = try await second(house)
    let error = await #expect(throws: DecisionError.self) { try await house.approve(text) }
    #expect(error?.code == "review.suppressed.stop")
    try await house.approve(text, despiteObjection: true)
    // A clear word afterwards is the last one.
    house.channel.hear(.done([try reply("STOP", id: "r2")]))
    #expect(try await read(house).stopped == 1)
    #expect(try await house.run([text]).map(\.outcome) == [.failed(code: "suppressed.stop")])
  }

  @Test func `a number that the org has never written to is none of its business`() async throws {
    let house = try await house()
    house.channel.hear(.done([try reply("STOP", from: "+16175550199")]))
    #expect(try await read(house).stopped == 0)
    #expect(try await Suppressions(house.context).list(house.org).isEmpty)
  }

  @Test func `an answer counts once, also after a person has allowed the number again`()
    async throws
  {
    let house = try await house()
    house.channel.hear(.done([try reply("STOP"), try reply("stop", id: "r2")]))
    #expect(try await read(house).stopped == 1)
    #expect(try await read(house).stopped == 0)
    let found = try #require(try await house.suppressions(Self.number, .sms).first)
    _ = try await Suppressions(house.context).remove(
      house.org, found.id, note: "they asked for it", by: .tester, via: "test")
    #expect(try await read(house).stopped == 0)
    #expect(try await house.suppressions(Self.number, .sms).isEmpty)
    house.channel.hear(.done([try reply("STOP", id: "r3")]))
    #expect(try await read(house).stopped == 1)
    #expect(
      try await house.kinds().filter { $0.hasPrefix("supp") }
        == ["suppression.added", "suppression.removed", "suppression.added"])
  }

  @Test func `in a rehearsal of a live org the answers are read and none counts`() async throws {
    let house = try await house()
    try await house.change { $0.mode = .live }
    house.channel.hear(.done([try reply("STOP")]))
    let report = try await read(house)
    #expect(report.code == nil)
    #expect(report.stopped == 0)
    #expect(try await house.suppressions(Self.number, .sms).isEmpty)
    // Nor does the number of a rehearsal's message in live: nobody has written to it there.
    var context = house.context
    context.configuration.delivery = .live
    #expect(try await ReplyReader(context).read(house.org).code == "nothing_sent")
    try await ReplyReader(context).refresh([house.org])
    #expect(try await house.suppressions(Self.number, .sms).isEmpty)
  }

  @Test func `while a live org is redirected its customers are heard`() async throws {
    let configuration = EngineConfiguration(
      delivery: .live, redirectPhone: try PhoneNumber(e164: "+16175550199"))
    let house = try await EngineHouse.withAcme(configuration: configuration)
    try await house.change { $0.mode = .live }
    _ = try await house.sentText("alert-1", "Please call us.")
    house.channel.hear(.done([try reply("STOP")]))
    var context = house.context
    context.configuration.delivery = .redirect
    #expect(try await ReplyReader(context).read(house.org).stopped == 1)
  }

  @Test func `an org that sends no SMS asks nobody`() async throws {
    let house = try await EngineHouse.withAcme()
    _ = try await house.accepted()
    #expect(try await due(house) == nil)
    #expect(try await read(house).code == "nothing_sent")
    #expect(house.channel.repliesAskedSince.isEmpty)
  }

  @Test func `each look overlaps with the last that succeeded`() async throws {
    let house = try await house()
    let start = house.clock.now
    house.clock.advance(by: .seconds(300))
    house.channel.hear(.failed(code: "deadline"))
    #expect(try await read(house).code == "deadline")
    house.clock.advance(by: .seconds(300))
    house.channel.hear(.done([]))
    #expect(try await read(house).code == nil)
    #expect(
      house.channel.repliesAskedSince == [
        start.advanced(by: .seconds(-30 * 86_400)), start.advanced(by: .seconds(-86_400)),
        start.advanced(by: .seconds(-86_400)),
      ])
    #expect(
      try await house.kinds().count { $0 == "sms_replies.reading_changed" } == 2)
  }

  @Test func `the timer comes back every five minutes, each day where nothing is sent any more`()
    async throws
  {
    let house = try await house()
    let start = house.clock.now
    #expect(try await due(house) == start.advanced(by: .seconds(300)))
    house.clock.advance(by: .seconds(300))
    #expect(try await TimerService(house.context).runDue() == 1)
    #expect(try await due(house) == start.advanced(by: .seconds(600)))
    house.clock.advance(by: .seconds(31 * 86_400))
    let later = house.clock.now
    #expect(try await TimerService(house.context).runDue() == 1)
    #expect(try await due(house) == later.advanced(by: .seconds(86_400)))
    #expect(house.channel.repliesAskedSince.count == 3)
  }

  @Test func `a key that may not read is asked each day, and at most every ten minutes else`()
    async throws
  {
    let house = try await house()
    house.channel.hear(.notPermitted)
    house.clock.advance(by: .seconds(300))
    let looked = house.clock.now
    #expect(try await TimerService(house.context).runDue() == 1)
    #expect(try await due(house) == looked.advanced(by: .seconds(86_400)))
    house.clock.advance(by: .seconds(599))
    #expect(try await read(house).code == "not_permitted")
    #expect(house.channel.repliesAskedSince.count == 2)
    house.clock.advance(by: .seconds(1))
    house.channel.hear(.done([try reply("STOP")]))
    #expect(try await read(house).stopped == 1)
  }

  @Test(.enabled(if: EngineHouse.isOnFile))
  func `no word of an answer is kept`() async throws {
    let house = try await house()
    house.channel.hear(
      .done([
        try reply("STOP"), try reply("stop the \(Self.marker)", id: "r2"),
        try reply("\(Self.marker)", id: "r3"),
      ]))
    let report = try await read(house)
    #expect(report.stopped + report.unclear == 2)
    #expect(!"\(try reply(Self.marker))".contains(Self.marker))
    let files = try FileManager.default.contentsOfDirectory(atPath: house.folder)
      .filter { ["aiom.sqlite", "aiom.sqlite-wal"].contains($0) }
    #expect(!files.isEmpty)
    for file in files {
      let bytes = try Data(contentsOf: URL(filePath: "\(house.folder)/\(file)"))
      #expect(bytes.range(of: Data(Self.marker.utf8)) == nil)
    }
  }
}
