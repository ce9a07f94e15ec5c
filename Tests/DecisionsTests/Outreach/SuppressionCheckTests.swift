import ActionProtocol
import Decisions
import Testing

@Suite struct SuppressionCheckTests {
  private static let now = "2026-03-04T15:00:00Z"
  private static let address = Digest.sha256([1])

  private func fact(
    _ scope: String, _ reason: SuppressionReason = .manual, since: String = "2026-03-01T00:00:00Z",
    until: Instant? = nil
  ) throws -> SuppressionFact {
    SuppressionFact(
      scope: SuppressionScope(rawValue: scope), reason: reason, since: try at(since),
      until: until, address: Self.address)
  }

  private func verdict(
    _ type: ActionType, _ facts: [SuppressionFact], reviewedAt: Instant? = nil,
    lastToPartner: Instant? = nil, now: Instant? = nil
  ) throws -> GuardVerdict {
    OutreachGuard.evaluate(
      OutreachMessage(type, type.operationType == .sendSMS ? .sms : .email),
      facts: OutreachFacts(
        lastToPartner: lastToPartner, suppressions: facts, reviewedAt: reviewedAt),
      rules: .standard, now: try now ?? at(Self.now))
  }

  private func word(_ verdict: GuardVerdict) -> String {
    switch verdict {
    case .send: "send"
    case .wait: "wait"
    case .needsPerson: "asks"
    case .drop: "never"
    }
  }

  static let messages: [ActionType] = [
    .followUpOnStaleDeal, .sendDealCheckIn, .xSendCustomMessage, .sendInvoiceReminder,
    .xSendSMSAlert, .sendPaymentConfirmation, .xSendTaskNotification,
  ]

  @Test(arguments: messages, SuppressionReason.allCases)
  func `what is suppressed for every message is never sent, whyever`(
    _ type: ActionType, _ reason: SuppressionReason
  ) throws {
    let found = try verdict(type, [fact("all", reason)])
    #expect(word(found) == "never")
    #expect(found.reasons.map(\.rule) == ["suppressed.\(reason.rawValue)"])
    #expect(found.reasons.first?.since == (try at("2026-03-01T00:00:00Z")))
    #expect(found.reasons.first?.address == Self.address)
  }

  /// For each message: an objection to marketing, and a complaint.
  static let objections: [(ActionType, String, String)] = [
    (.followUpOnStaleDeal, "never", "never"), (.sendDealCheckIn, "never", "never"),
    (.xSendCustomMessage, "never", "never"), (.sendInvoiceReminder, "asks", "asks"),
    (.xSendSMSAlert, "asks", "asks"), (.sendPaymentConfirmation, "send", "asks"),
    (.xSendTaskNotification, "send", "asks"),
  ]

  @Test(arguments: objections)
  func `an objection to marketing stops what its class says`(
    _ type: ActionType, _ unsubscribed: String, _ complained: String
  ) throws {
    #expect(word(try verdict(type, [fact("marketing", .unsubscribe)])) == unsubscribed)
    #expect(word(try verdict(type, [fact("marketing", .complaint)])) == complained)
  }

  @Test(arguments: [
    ("send_invoice_reminder", "never"), ("collections", "never"), ("marketing", "asks"),
    ("send_deal_check_in", "send"), ("news", "send"), ("", "send"),
  ])
  func `a purpose forbids its own messages and no others`(
    _ purpose: String, _ expected: String
  ) throws {
    #expect(word(try verdict(.sendInvoiceReminder, [fact(purpose)])) == expected)
  }

  @Test func `a complaint asks for a review of every message, whatever its scope`() throws {
    #expect(word(try verdict(.sendInvoiceReminder, [fact("news", .complaint)])) == "asks")
  }

  @Test func `a suppression ends at its exact instant`() throws {
    let end = try at(Self.now)
    let facts = [try fact("all", .softBounce, until: end)]
    let before = try verdict(.sendInvoiceReminder, facts, now: end.plus(milliseconds: -1))
    #expect(word(before) == "never")
    #expect(before.reasons.first?.until == end)
    #expect(try verdict(.sendInvoiceReminder, facts, now: end) == .send)
    #expect(try verdict(.sendInvoiceReminder, facts, now: end.plus(milliseconds: 1)) == .send)
  }

  @Test func `a review lets pass what was known, and nothing that came with it or later`() throws {
    let facts = [try fact("marketing", .complaint, since: "2026-03-02T10:00:00Z")]
    let since = try at("2026-03-02T10:00:00Z")
    func word(at reviewedAt: Instant?) throws -> String {
      self.word(try verdict(.sendInvoiceReminder, facts, reviewedAt: reviewedAt))
    }
    #expect(try word(at: nil) == "asks")
    #expect(try word(at: since.plus(milliseconds: -1)) == "asks")
    #expect(try word(at: since) == "asks")
    #expect(try word(at: since.plus(milliseconds: 1)) == "send")
  }

  @Test func `no review lets pass what is forbidden`() throws {
    let review = try at("2026-03-03T00:00:00Z")
    #expect(
      word(try verdict(.sendInvoiceReminder, [fact("all")], reviewedAt: review)) == "never")
    #expect(
      word(try verdict(.sendDealCheckIn, [fact("marketing")], reviewedAt: review)) == "never")
  }

  @Test func `all reasons are told, what forbids first`() throws {
    let now = try at(Self.now)
    let found = try verdict(
      .sendInvoiceReminder,
      [fact("marketing", .complaint), fact("all", .hardBounce)], lastToPartner: now)
    #expect(
      found.reasons.map(\.rule) == [
        "suppressed.hard_bounce", "suppressed.complaint", "cool_down.partner",
      ])
  }

  @Test func `another suppression never permits what one forbade`() throws {
    let one = try [fact("all"), fact("marketing", .complaint), fact("marketing", .unsubscribe)]
    let rank = ["send": 0, "wait": 1, "asks": 2, "never": 3]
    for type in Self.messages {
      for first in one {
        for second in one {
          let alone = rank[word(try verdict(type, [first]))] ?? 0
          let both = rank[word(try verdict(type, [first, second]))] ?? 0
          #expect(both >= alone, "\(type) \(first.scope.rawValue) \(second.scope.rawValue)")
        }
      }
    }
  }

  @Test(arguments: ActionType.allCases)
  func `only what somebody may object to offers to unsubscribe`(_ type: ActionType) {
    let offering: Set<ActionType> = [
      .followUpOnStaleDeal, .sendDealCheckIn, .xSendCustomMessage, .sendInvoiceReminder,
    ]
    #expect(MessageClass(type).offersUnsubscribe == offering.contains(type))
  }
}
