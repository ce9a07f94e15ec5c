import ActionProtocol
import Addressing
import Connectors
import Decisions
import Engine
import Foundation
import SMTP2GO
import Sandbox
import TestSupport
import Testing

/// Headers, links and the two lists of suppressions, against the sandbox over HTTP.
@Suite(.serialized) struct SuppressionSandboxTests {
  private static let base = "https://aiom.example"

  @Test func `a message carries its link and its mailbox, and the link unsubscribes`()
    async throws
  {
    let house = try await Installation()
    let context = house.reachable(Self.base)
    _ = try await house.approvedMessages(1)
    try await house.run(context)
    let message = try #require(await house.sandbox.mailbox.messages().first)
    func header(_ name: String) -> [String] {
      message.headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }
    let list = try #require(header("List-Unsubscribe").first)
    let pattern = #/<https://aiom\.example/u/([A-Za-z0-9_-]{43})>, <mailto:([^>]+)>/#
    let found = try #require(try pattern.wholeMatch(in: list))
    #expect(found.2 == "billing@harbor.example?subject=unsubscribe")
    #expect(header("List-Unsubscribe-Post") == ["List-Unsubscribe=One-Click"])
    #expect(header("Auto-Submitted") == ["auto-generated"])
    #expect(header("X-AIOM-Operation").count == 1)
    let service = UnsubscribeService(context)
    #expect(try await service.unsubscribe(token: String(found.1), via: .oneClick))
    #expect(try await service.page(token: String(found.1))?.isDone == true)
    try await house.close()
  }

  @Test func `without an address of our own there is only the mailbox`() async throws {
    let house = try await Installation()
    _ = try await house.approvedMessages(1)
    try await house.run(house.context)
    let headers = try #require(await house.sandbox.mailbox.messages().first).headers
    let named = headers.filter { $0.name.lowercased().hasPrefix("list-") }
    #expect(named.map(\.name) == ["List-Unsubscribe"])
    #expect(named.map(\.value) == ["<mailto:billing@harbor.example?subject=unsubscribe>"])
    try await house.close()
  }

  @Test func `what the vendor suppresses is pulled and never sent to`() async throws {
    let house = try await Installation()
    let client = try await house.client()
    let ids = try await house.approvedMessages(3)
    for listed in ["planted.recipient@customer1.example", "customer2.example"] {
      #expect(await client.addSuppression(listed).outcome.value != nil)
    }
    let report = try await SuppressionSync(house.context).sync(house.org)
    #expect(report.added == 2)
    #expect(report.state.pullCode == nil)
    #expect(report.state.pushCode == nil)
    let reports = try await house.run(house.context)
    let failed = reports.filter { $0.outcome == .failed(code: "suppressed.manual") }
    #expect(failed.count == 2)
    #expect(reports.count == ids.count)
    #expect(await house.sandbox.mailbox.count == 1)
    try await house.close()
  }

  @Test func `ours are told the vendor, more than a page is read, and nothing is removed there`()
    async throws
  {
    let house = try await Installation()
    let client = try await house.client()
    // A page has a thousand.
    for number in 1...1005 { _ = await client.addSuppression("a\(number)@listed.example") }
    _ = try await Suppressions(house.context).add(
      house.org,
      Suppressions.Wish(address: try SuppressionAddress("ours@customer9.example")),
      note: "asked for it", by: .tester, via: "test")
    let first = try await SuppressionSync(house.context).sync(house.org)
    #expect(first.added == 1005)
    #expect(first.pushed == 1)
    let second = try await SuppressionSync(house.context).sync(house.org)
    #expect(second.added == 0)
    #expect(second.pushed == 0)
    #expect(second.state.listed == 1006)
    let kept = try #require(
      try await Suppressions(house.context).list(
        house.org, of: SuppressionAddress("ours@customer9.example")
      ).first)
    _ = try await Suppressions(house.context).remove(
      house.org, kept.id, note: "a mistake", by: .tester, via: "test")
    // It is still the provider's word, so it comes back from there.
    #expect(try await SuppressionSync(house.context).sync(house.org).added == 1)
    try await house.close()
  }

  @Test func `a key that may only send: the list is off, and sending goes on`() async throws {
    let house = try await Installation { configuration in
      configuration.keyPermissions = [
        SandboxConfiguration.defaultKey: ["/email/send", "/sms/send"]
      ]
    }
    let report = try await SuppressionSync(house.context).sync(house.org)
    #expect(report.state.pullCode == SuppressionSyncState.notPermitted)
    _ = try await house.approvedMessages(1)
    let reports = try await house.run(house.context)
    #expect(reports.map(\.outcome) == [.completed])
    try await house.close()
  }
}

extension Installation {
  /// The same installation, reachable from outside.
  fileprivate func reachable(_ url: String) -> EngineContext {
    var context = context
    context.configuration.publicURL = url
    return context
  }

  @discardableResult
  fileprivate func run(_ context: EngineContext) async throws -> [ExecutionReport] {
    let process = ProcessLife(context)
    try await process.begin()
    let reports = try await Pipeline(context, process: process).run(org: org)
    try await process.end()
    return reports
  }

  fileprivate func client() async throws -> SMTP2GOClient {
    let org = org
    let organisation = try #require(try await store.read { try $0.organisation(org) })
    return try channels.client(for: organisation).get()
  }
}
