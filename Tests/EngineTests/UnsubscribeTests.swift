import ActionProtocol
import Addressing
import Decisions
import Engine
import Foundation
import Testing
import TestSupport

@Suite struct UnsubscribeTests {
  private static let base = "https://aiom.example"

  private func house(
    _ url: String? = base, delivery: DeliveryMode = .sandbox
  ) async throws -> EngineHouse {
    try await EngineHouse.withAcme(
      configuration: EngineConfiguration(
        delivery: delivery, redirectEmail: try EmailAddress("operator@harbor.example"),
        publicURL: url))
  }

  private func token(_ house: EngineHouse, call: Int = 0) throws -> String {
    let link = try #require(house.channel.calls[call].unsubscribe?.link)
    #expect(link.hasPrefix("\(Self.base)/u/"))
    return String(link.dropFirst("\(Self.base)/u/".count))
  }

  @Test func `a link shows, changes nothing, and a post unsubscribes once for all`() async throws {
    let house = try await house()
    let id = try await house.accepted()
    let token = try token(house)
    #expect(token.utf8.count == 43)
    let service = UnsubscribeService(house.context)
    for _ in 1...3 {
      let page = try #require(try await service.page(token: token))
      #expect(
        page
          == UnsubscribePage(
            organisation: "Harbor Books", language: "en-US", channel: .email, extent: .optional,
            isDone: false))
    }
    #expect(try await house.suppressions().isEmpty)
    for way in [UnsubscribeWay.oneClick, .page, .oneClick] {
      #expect(try await service.unsubscribe(token: token, via: way))
    }
    let found = try await house.suppressions()
    #expect(found.map(\.reason) == [.unsubscribe])
    #expect(found.map(\.scope) == [.marketing])
    #expect(found.map(\.source) == ["unsubscribe_one_click"])
    #expect(found.map(\.addressText) == ["billing@acmecorp.com"])
    #expect(found.map(\.evidence) == ["operation:\(house.echo(id).rawValue)"])
    #expect(try await house.kinds().count { $0 == "suppression.added" } == 1)
    #expect(try await service.page(token: token)?.isDone == true)
  }

  @Test func `nobody's token is unknown`() async throws {
    let house = try await house()
    _ = try await house.accepted()
    let token = try token(house)
    let service = UnsubscribeService(house.context)
    let wrong = [
      "", "x", String(token.dropLast()), token + "a", String(token.reversed()),
      String(repeating: "A", count: 43),
    ]
    for text in wrong {
      #expect(try await service.page(token: text) == nil)
      #expect(try await service.unsubscribe(token: text, via: .page) == false)
    }
    #expect(try await house.suppressions().isEmpty)
  }

  @Test func `after it, marketing is dropped and a reminder needs a person`() async throws {
    let house = try await house()
    _ = try await house.accepted()
    _ = try await UnsubscribeService(house.context)
      .unsubscribe(token: try token(house), via: .page)
    guard case .created(let news) = try await house.custom("news") else { return }
    let error = await #expect(throws: DecisionError.self) { try await house.approve(news.id) }
    #expect(error?.code == "suppressed.unsubscribe")
  }

  @Test func `a message to several unsubscribes all of them, whoever followed the link`()
    async throws
  {
    let house = try await house()
    let everybody = ["billing@acmecorp.com", "boss@acmecorp.com"]
    _ = try await house.approved(to: [everybody[0]], bcc: [everybody[1]])
    try await house.run()
    let token = try token(house)
    #expect(try await UnsubscribeService(house.context).unsubscribe(token: token, via: .oneClick))
    for address in everybody {
      #expect(try await house.suppressions(address).map(\.addressText) == [address])
    }
    // One who comes back alone is not taken for all.
    let first = try #require(try await house.suppressions(everybody[0]).first)
    _ = try await Suppressions(house.context).remove(
      house.org, first.id, note: "asked for it", by: .tester, via: "test")
    #expect(try await UnsubscribeService(house.context).page(token: token)?.isDone == false)
  }

  @Test(.enabled(if: EngineHouse.isOnFile))
  func `each call has a token of its own, and none is stored`() async throws {
    let house = try await house()
    house.channel.answer(with: .notSent(code: "refused"))
    _ = try await house.accepted()
    house.clock.advance(by: .seconds(3600))
    try await house.run()
    let tokens = [try token(house, call: 0), try token(house, call: 1)]
    #expect(Set(tokens).count == 2)
    let file = try Data(contentsOf: URL(filePath: house.folder + "/aiom.sqlite"))
    let log = try Data(contentsOf: URL(filePath: house.folder + "/aiom.sqlite-wal"))
    for token in tokens {
      #expect(file.range(of: Data(token.utf8)) == nil)
      #expect(log.range(of: Data(token.utf8)) == nil)
      let digest = Digest.sha256(Array(token.utf8))
      #expect(
        try await house.store.read { try $0.unsubscribeLink(token: digest) }?.org == house.org)
    }
    #expect(!"\(house.channel.calls)".contains(tokens[0]))
  }

  @Test(arguments: [nil, "http://127.0.0.1:8081"] as [String?])
  func `without an https address there is no link, only a mailbox`(_ url: String?) async throws {
    let house = try await house(url)
    _ = try await house.accepted()
    let offer = try #require(house.channel.calls.first?.unsubscribe)
    #expect(offer.link == nil)
    #expect(offer.mailbox.rawValue == "billing@harbor.example")
  }

  @Test func `a rehearsal's message cannot unsubscribe the customer`() async throws {
    let house = try await house(delivery: .redirect)
    _ = try await house.accepted()
    #expect(house.channel.calls.count == 1)
    #expect(house.channel.calls.first?.unsubscribe?.link == nil)
  }

  @Test func `whoever unsubscribes in a live org's rehearsal is not unsubscribed in live`()
    async throws
  {
    let house = try await house()
    _ = try await house.accepted()
    try await house.change { $0.mode = .live }
    let token = try token(house)
    let service = UnsubscribeService(house.context)
    for way in [UnsubscribeWay.oneClick, .page] {
      #expect(try await service.unsubscribe(token: token, via: way))
    }
    let page = try #require(try await service.page(token: token))
    #expect(page.extent == .rehearsal)
    #expect(!page.isDone)
    #expect(try await house.suppressions().isEmpty)
    #expect(try await house.kinds().contains { $0.hasPrefix("suppression") } == false)
  }

  @Test func `an internal message and a confirmation offer no choice`() async throws {
    let house = try await house()
    for (number, type) in [
      EmailActionType.xSendTaskNotification, .sendPaymentConfirmation,
    ].enumerated() {
      let id = try await house.approved(
        type, key: "k\(number)", to: ["billing@acmecorp.com"])
      let reports = try await house.run([id])
      #expect(reports.map(\.outcome) == [.completed])
      house.clock.advance(by: .seconds(6 * 3600))
      house.clock.advance(by: .seconds(18 * 3600))
    }
    #expect(house.channel.calls.map(\.unsubscribe) == [nil, nil])
  }

  @Test func `the link is no part of what was approved`() async throws {
    let house = try await house()
    let id = try await house.accepted()
    let plain = try await EngineHouse.withAcme()
    let other = try await plain.accepted()
    let digests = [
      try await house.attempts(id).map(\.intent.requestDigest),
      try await plain.attempts(other).map(\.intent.requestDigest),
    ]
    #expect(digests[0].count == 1)
    #expect(digests[0] == digests[1])
  }
}
