import ActionProtocol
import Addressing
import Decisions
@testable import Engine
import Testing
import TestSupport

/// What becomes of a HELP by SMS.
@Suite struct HelpReplyTests {
  private static let number = "+16175550123"

  /// A house that has sent one SMS to Acme, just now.
  private func house() async throws -> EngineHouse {
    let house = try await EngineHouse.withAcme()
    _ = try await house.sentText("alert-1", "Please call us.")
    return house
  }

  /// Reads answers that came in a minute apart.
  private func hear(
    _ house: EngineHouse, _ said: [(id: String, text: String)], from number: String = number
  ) async throws -> ReplyReader.Report {
    let begin = house.clock.now
    let replies = try said.enumerated().map { index, said in
      SMSReply(
        providerID: said.id, from: try PhoneNumber(e164: number), text: said.text,
        at: begin.advanced(by: .seconds(60 * (index + 1))))
    }
    house.channel.hear(.done(replies))
    house.clock.advance(by: .seconds(3600))
    return try await ReplyReader(house.context).read(house.org)
  }

  private func waiting(_ house: EngineHouse) async throws -> [ActionState] {
    try await house.actions().filter { $0.status == .pendingApproval }
  }

  @Test func `a HELP becomes a proposal to answer it, once, and nothing is sent`() async throws {
    let house = try await house()
    let report = try await hear(house, [("r1", "Help?")])
    #expect((report.asked, report.proposed) == (1, 1))
    #expect(report.refused.isEmpty)
    #expect(try await ReplyReader(house.context).read(house.org).asked == 0)
    #expect(try await house.kinds().count { $0 == "sms_reply.help_asked" } == 1)
    let id = try #require(try await waiting(house).first?.id)
    #expect(try await waiting(house).count == 1)
    let card = try await house.card(id)
    guard case .success(let proposal) = ProposalReader.read(card.revision.document),
      case .sms(.xSendSMSAlert, let message) = proposal.operation
    else {
      Issue.record("no SMS")
      return
    }
    #expect(message.to.e164 == Self.number)
    #expect(message.body.contains("Reply STOP to end."))
    #expect(try SMSText(message.body).segments == 1, "\(message.body)")
    #expect(card.state.partner?.rawValue == 1)
    #expect(card.state.createdBy.kind == .system)
    #expect(house.channel.calls.count == 1)
    #expect(try await house.suppressions(Self.number, .sms).isEmpty)
  }

  @Test func `the answer waits for the cool-down and goes out once`() async throws {
    let house = try await house()
    _ = try await hear(house, [("r1", "HELP")])
    let id = try #require(try await waiting(house).first?.id)
    try await house.approve(id)
    _ = try await house.run([id])
    let hold = try #require(try await house.state(id).hold)
    #expect(hold.reason == .coolDown)
    #expect(house.channel.calls.count == 1)
    let end = try #require(hold.until)
    house.clock.advance(by: .milliseconds(end.milliseconds - house.clock.now.milliseconds))
    #expect(try await house.run([id]).map(\.outcome) == [.completed])
    #expect(house.channel.calls.count == 2)
  }

  @Test func `several HELP of a day want one answer, and those of the next day another`()
    async throws
  {
    let house = try await house()
    #expect(try await hear(house, [("r1", "HELP"), ("r2", "INFO")]).proposed == 1)
    let id = try #require(try await waiting(house).first?.id)
    _ = try await Approvals(house.context).reject(
      house.org, id, reason: "answered by telephone", by: .tester, via: "test")
    #expect(try await hear(house, [("r3", "HELP")]).proposed == 0)
    house.clock.advance(by: .seconds(24 * 3600))
    #expect(try await hear(house, [("r4", "HELP")]).proposed == 1)
  }

  @Test func `who said STOP before the HELP is offered no answer`() async throws {
    let house = try await house()
    let report = try await hear(house, [("r1", "STOP"), ("r2", "HELP")])
    #expect((report.stopped, report.asked, report.proposed) == (1, 1, 0))
    #expect(try await waiting(house).isEmpty)
  }

  @Test func `a number that nobody has written to gets nothing`() async throws {
    let house = try await house()
    let report = try await hear(house, [("r1", "HELP")], from: "+16175550199")
    #expect((report.asked, report.proposed) == (0, 0))
  }
}
