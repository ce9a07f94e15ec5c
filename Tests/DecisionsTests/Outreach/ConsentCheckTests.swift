import ActionProtocol
import Decisions
import Testing

@Suite struct ConsentCheckTests {
  private static let now = Instant(milliseconds: 1_800_000_000_000)
  private static let ann = Digest.sha256([1])
  private static let bob = Digest.sha256([2])

  private static func at(_ days: Int) -> Instant { now.advanced(by: .seconds(days * 86_400)) }

  private static func consent(
    _ basis: ConsentBasis = .express, _ scope: SuppressionScope = .marketing, from: Int = -10,
    until: Int? = nil, withdrawn: Int? = nil, of address: Digest = ann
  ) -> ConsentFact {
    ConsentFact(
      basis: basis, scope: scope, obtainedAt: at(from), expiresAt: until.map(at),
      withdrawnAt: withdrawn.map(at), address: address)
  }

  private func rules(
    _ consents: [ConsentFact], _ type: ActionType = .followUpOnStaleDeal,
    _ channel: OutreachChannel = .sms, _ requirement: ConsentRequirement = .sms,
    to recipients: [Digest] = [ann]
  ) -> [String] {
    ConsentCheck.reasons(
      type, channel, recipients: recipients, consents: consents, requirement: requirement,
      now: Self.now
    ).map(\.rule)
  }

  @Test(
    arguments: [
      ([], "consent.missing"), ([consent()], ""), ([consent(.express, .all)], ""),
      ([consent(until: 1)], ""), ([consent(until: 0)], "consent.expired"),
      ([consent(from: 1)], "consent.not_for_marketing"), ([consent(from: 0)], ""),
      ([consent(withdrawn: 0)], "consent.withdrawn"), ([consent(withdrawn: 1)], ""),
      ([consent(withdrawn: -2), consent(from: -1)], ""),
      ([consent(.contract, .all)], "consent.not_for_marketing"),
      ([consent(.implied, from: -729)], ""), ([consent(.implied, from: -730)], "consent.expired"),
      ([consent(.implied, from: -700, until: 900)], ""),
      ([consent(.implied, from: -10, until: -1)], "consent.expired"),
      ([consent(.express, .purpose("follow_up_on_stale_deal"))], ""),
      ([consent(.express, .purpose("marketing"))], ""),
      ([consent(.express, .purpose("send_deal_check_in"))], "consent.not_for_marketing"),
      ([consent(of: bob)], "consent.missing"),
    ] as [([ConsentFact], String)])
  func `what is a consent to marketing`(_ consents: [ConsentFact], _ rule: String) {
    #expect(rules(consents) == (rule.isEmpty ? [] : [rule]))
  }

  @Test(arguments: ActionType.allCases)
  func `only marketing asks for one`(_ type: ActionType) {
    let expected = MessageClass(type) == .marketing ? ["consent.missing"] : []
    #expect(rules([], type) == expected)
  }

  @Test(arguments: [
    (ConsentRequirement.sms, [OutreachChannel.sms]), (.email, [.email]), (.both, [.email, .sms]),
    (.none, []),
  ])
  func `the org says on which channels`(
    _ requirement: ConsentRequirement, _ channels: [OutreachChannel]
  ) {
    for channel in OutreachChannel.allCases {
      #expect(
        rules([], .xSendCustomMessage, channel, requirement).isEmpty
          == !channels.contains(channel))
    }
    #expect(ConsentRequirement.standard == .sms)
  }

  @Test func `every recipient needs one, and a person is asked about each`() {
    let reasons = ConsentCheck.reasons(
      .sendDealCheckIn, .sms, recipients: [Self.ann, Self.bob],
      consents: [Self.consent(), Self.consent(withdrawn: -1, of: Self.bob)], requirement: .both,
      now: Self.now)
    #expect(reasons.map(\.address) == [Self.bob])
    #expect(reasons.map(\.since) == [Self.at(-1)])
    #expect(reasons.allSatisfy { $0.hold == .needsPerson && $0.until == nil })
  }
}
