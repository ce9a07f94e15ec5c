import ActionProtocol
import Addressing
import Decisions
@testable import Engine
import Testing
import TestSupport

/// START takes back what an earlier answer of the same number forbade, and nothing else.
@Suite struct SuppressionReturnTests {
  private static let number = "+16175550123"

  private struct Said: Sendable {
    let text: String
    /// Minutes after the SMS; nil: the provider does not say.
    let minute: Int?

    init(_ text: String, _ minute: Int?) { (self.text, self.minute) = (text, minute) }
  }

  private func house() async throws -> EngineHouse {
    let house = try await EngineHouse.withAcme()
    _ = try await house.sentText("alert-1", "Please call us.")
    return house
  }

  private func leaves(_ house: EngineHouse, _ kind: String) async throws -> [JSONObject] {
    let org = house.org
    let entries = try await house.store.read {
      try $0.audit(org, action: nil, after: 0, limit: 1000)
    }
    return entries.compactMap { entry in
      guard case .success(.object(let leaf)) = JSONReader.read(entry.leaf),
        leaf["kind"]?.stringValue == kind
      else { return nil }
      return leaf
    }
  }

  /// Reads answers an hour after the SMS.
  private func hear(
    _ house: EngineHouse, _ said: [Said], from number: String = number
  ) async throws -> ReplyReader.Report {
    let sent = house.clock.now
    let replies = try said.enumerated().map { index, said in
      SMSReply(
        providerID: "r\(index)", from: try PhoneNumber(e164: number), text: said.text,
        at: said.minute.map { sent.advanced(by: .seconds($0 * 60)) })
    }
    house.channel.hear(.done(replies))
    house.clock.advance(by: .seconds(3600))
    return try await ReplyReader(house.context).read(house.org)
  }

  @Test(arguments: [
    ([Said("STOP", 1), Said("START", 2)], 0), ([Said("START", 1), Said("STOP", 2)], 1),
    ([Said("START", 2), Said("STOP", 1)], 0), ([Said("STOP", 1), Said("START", 1)], 1),
    ([Said("STOP", nil), Said("START", 2)], 1), ([Said("STOP", 1), Said("START", nil)], 1),
    ([Said("please stop", 1), Said("start", 2)], 0), ([Said("STOP", 1), Said("YES", 2)], 1),
    ([Said("STOP", 1), Said("start again please", 2)], 1),
    ([Said("STOP", 1), Said("START", 2), Said("stop", 3)], 1),
    ([Said("STOP", 1), Said("START", 2), Said("stop it", 3)], 1),
    ([Said("START", 1)], 0),
  ])
  private func `the last word counts, where it can be told`(
    _ said: [Said], _ stopped: Int
  ) async throws {
    let house = try await house()
    _ = try await hear(house, said)
    #expect(try await house.suppressions(Self.number, .sms).isEmpty == (stopped == 0))
  }

  @Test func `a START that comes in later lifts with its evidence, once`() async throws {
    let house = try await house()
    #expect(try await hear(house, [Said("STOP", 1)]).stopped == 1)
    let stopped = house.clock.now
    let start = Said("Start", 1)
    let report = try await hear(house, [start])
    #expect(report.lifted == 1)
    #expect(try await house.suppressions(Self.number, .sms).isEmpty)
    let entry = try #require(try await leaves(house, "suppression.removed").last)
    #expect(entry["actor"]?.stringValue == "system:recipient")
    let details = try #require(entry["decision"]?.objectValue)
    #expect(details["asked_again_by"]?.stringValue == "r0")
    #expect(
      details["asked_again_at"]?.stringValue == stopped.advanced(by: .seconds(60)).rfc3339)
  }

  @Test(arguments: [SuppressionReason.manual, .legal, .complaint, .invalid, .unsubscribe])
  func `what a person or the law forbade stays`(_ reason: SuppressionReason) async throws {
    let house = try await house()
    _ = try await Suppressions(house.context).add(
      house.org,
      Suppressions.Wish(address: try SuppressionAddress(Self.number), reason: reason),
      note: "kept", by: .tester, via: "test")
    #expect(try await hear(house, [Said("STOP", 1), Said("START", 2)]).lifted == 1)
    #expect(try await house.suppressions(Self.number, .sms).map(\.reason) == [reason])
  }

  @Test func `another number's START is its own`() async throws {
    let house = try await house()
    _ = try await hear(house, [Said("STOP", 1)])
    #expect(try await hear(house, [Said("START", 2)], from: "+16175550199").lifted == 0)
    #expect(try await house.suppressions(Self.number, .sms).count == 1)
  }
}
