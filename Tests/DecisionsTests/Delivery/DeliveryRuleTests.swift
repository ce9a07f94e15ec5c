import Decisions
import Testing

@Suite struct DeliveryRuleTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let org: OrgMode
    let delivery: DeliveryMode
    let loopback: Bool
    let https: Bool

    var testDescription: String {
      "\(org) org, \(delivery), loopback \(loopback), https \(https)"
    }
  }

  static let all = OrgMode.allCases.flatMap { org in
    DeliveryMode.allCases.flatMap { delivery in
      [true, false].flatMap { loopback in
        [true, false].map {
          Case(org: org, delivery: delivery, loopback: loopback, https: $0)
        }
      }
    }
  }

  private static func refusal(_ example: Case) -> String? {
    DeliveryRule.refusal(
      org: example.org, delivery: example.delivery, isLoopback: example.loopback,
      isEncrypted: example.https)
  }

  @Test(arguments: all)
  func `a combination is allowed or refused`(_ example: Case) {
    let expected: String? =
      switch (example.org, example.delivery, example.loopback, example.https) {
      case (.sandbox, .sandbox, true, _): nil
      case (.sandbox, .sandbox, false, _): "sandbox_delivery_beyond_loopback"
      case (.sandbox, .redirect, _, _): "sandbox_org_needs_sandbox_delivery"
      case (.sandbox, .live, _, _): "sandbox_org_needs_sandbox_delivery"
      case (.live, .sandbox, true, _): nil
      case (.live, .sandbox, false, _): "sandbox_delivery_beyond_loopback"
      case (.live, .redirect, _, true): nil
      case (.live, .redirect, _, false): "live_delivery_without_https"
      case (.live, .live, _, true): nil
      case (.live, .live, _, false): "live_delivery_without_https"
      }
    #expect(Self.refusal(example) == expected)
  }

  @Test func `a sandbox org never reaches beyond loopback`() {
    for example in Self.all where example.org == .sandbox && !example.loopback {
      #expect(Self.refusal(example) != nil)
    }
  }

  @Test func `nothing leaves the machine without encryption`() {
    for example in Self.all where !example.loopback && !example.https {
      #expect(Self.refusal(example) != nil)
    }
  }
}
