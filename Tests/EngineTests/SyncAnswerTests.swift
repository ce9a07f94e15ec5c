import ActionProtocol
import Addressing
import Decisions
import Engine
import Testing
import TestSupport

@Suite("Syncing: customers who answer")
struct SyncAnswerTests {
  /// A house whose customer, taken over from the source, owes an invoice; the reminder is approved.
  private func approved(
    _ change: (inout SyncSettings) -> Void = { _ in }
  ) async throws -> (SyncHouse, ActionID) {
    let sync = try await SyncHouse()
    var settings = SyncSettings()
    change(&settings)
    let wanted = settings
    try await sync.house.store.write { [org = sync.house.org] in try $0.save(wanted, org) }
    sync.books.put(
      .customer(70, "Acme Corp") { row in
        row.email = try? .init("billing@acmecorp.com")
        row.country = "US"
        row.zone = "America/New_York"
      }, at: sync.second)
    sync.books.put(.bill(900, partner: 70), at: sync.second)
    try await sync.sync()
    let id = try await sync.house.propose()
    try await sync.house.approve(id)
    return (sync, id)
  }

  private func write(
    _ sync: SyncHouse, _ id: Int64 = 1, isAutomatic: Bool = false, minutesAgo: Int64 = 10
  ) async throws {
    sync.books.put(
      .message(
        SyncedMessage(
          id: id, record: RecordReference(model: "account.move", id: 900), author: nil,
          at: sync.house.clock.now.advanced(by: .seconds(-60 * minutesAgo)),
          isAutomatic: isAutomatic)), at: sync.second)
    try await sync.sync()
  }

  @Test func `an answer that comes after the approval holds the reminder back`() async throws {
    let (sync, id) = try await approved { $0.answerPause = .seconds(2 * 3600) }
    try await write(sync)
    try await sync.house.run()
    let state = try await sync.house.state(id)
    #expect(state.status == .approved)
    #expect(state.hold?.reason == .paused)
    #expect(state.hold?.until == sync.house.clock.now.advanced(by: .seconds(2 * 3600 - 600)))
    #expect(sync.house.channel.calls.isEmpty)
    let card = try await ActionReader(sync.house.context).card(sync.house.org, id)
    #expect(card?.guardVerdict?.reasons.map(\.rule) == ["customer.answered"])
    sync.house.clock.advance(by: .seconds(2 * 3600 - 600))
    try await sync.house.run()
    #expect(try await sync.house.state(id).status == .completed)
  }

  @Test func `a machine's answer holds nothing back`() async throws {
    let (sync, id) = try await approved()
    try await write(sync, isAutomatic: true)
    try await sync.house.run()
    #expect(try await sync.house.state(id).status == .completed)
  }

  @Test func `an org may do without the pause`() async throws {
    let (sync, id) = try await approved { $0.answerPause = .zero }
    try await write(sync)
    try await sync.house.run()
    #expect(try await sync.house.state(id).status == .completed)
  }

  @Test func `what was written before our last message is answered by it`() async throws {
    let (sync, id) = try await approved()
    try await sync.house.run()
    #expect(try await sync.house.state(id).status == .completed)
    try await write(sync, minutesAgo: 30)
    let question = OutreachQuestion(
      org: sync.house.org, channel: .sms, partners: [try #require(PartnerID(rawValue: 70))],
      addresses: [], scopes: [], delivery: .sandbox)
    func answer() async throws -> CustomerAnswer? {
      try await sync.house.store.read { try $0.outreachFacts([question])[0].answer }
    }
    let now = sync.house.clock.now
    #expect(AnswerPause.reasons(try await answer(), now: now).isEmpty)
    try await write(sync, 2, minutesAgo: -1)
    #expect(AnswerPause.reasons(try await answer(), now: now).count == 1)
  }
}
