import ActionProtocol
import Decisions
import Engine
import Sandbox
import TestSupport
import Testing

/// Answers by SMS, read from the sandbox over HTTP.
@Suite(.serialized) struct ReplySandboxTests {
  private func run(_ house: Installation) async throws -> [ExecutionReport] {
    let process = ProcessLife(house.context)
    try await process.begin()
    let reports = try await Pipeline(house.context, process: process).run(org: house.org)
    try await process.end()
    return reports
  }

  @Test func `a STOP at the provider stops the number, once`() async throws {
    let house = try await Installation()
    // Whoever has this number answers STOP to every SMS.
    let number = "+447700559004"
    _ = try await house.approvedSMS(to: number)
    #expect(try await run(house).map(\.outcome) == [.completed])
    let reader = ReplyReader(house.context)
    let report = try await reader.read(house.org)
    #expect(report.code == nil)
    #expect(report.stopped == 1)
    #expect(try await reader.read(house.org).stopped == 0)
    let found = try await Suppressions(house.context).list(house.org)
    #expect(found.map(\.addressText) == [number])
    #expect(found.map(\.source) == ["sms_reply"])
    #expect(found.first?.evidence != nil)
    try await house.close()
  }

  @Test func `a key that may not read says so`() async throws {
    let house = try await SendOnlyKey.installation()
    _ = try await house.approvedSMS(to: "+442079460123")
    #expect(try await run(house).count == 1)
    let report = try await ReplyReader(house.context).read(house.org)
    #expect(report.code == SuppressionSyncState.notPermitted)
    #expect(report.next == ReplyReader.longInterval)
    try await house.close()
  }

  @Test func `a STOP that came after the approval ends the SMS that aiom action run would send`()
    async throws
  {
    let house = try await Installation()
    let number = "+447700559004"
    let first = try await house.approvedSMS(to: number)
    let run = try await Binary.run(["action", "run", first.rawValue], house.environment)
    #expect(run.status == 0)
    // An hour has passed since the answers were read.
    let org = house.org
    try await house.store.write { store in
      try store.setInstallationValue(
        "sms_replies_in_sandbox:\(org.rawValue)",
        to: "\(store.now.milliseconds - 3_600_000) \(store.now.milliseconds - 3_600_000) ok")
    }
    let second = try await house.approvedSMS(to: number, key: "sms-again")
    _ = try await Binary.run(["action", "run", second.rawValue], house.environment)
    let state = try #require(try await house.states().first { $0.id == second })
    #expect(state.status == .failed)
    #expect(state.errorCode == "suppressed.stop")
    #expect(await house.sandbox.mailbox.sms().count == 1)
    try await house.close()
  }
}
