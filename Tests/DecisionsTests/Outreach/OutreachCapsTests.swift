import ActionProtocol
import Decisions
import Testing

@Suite struct OutreachCapsTests {
  private static let noon = "2026-03-04T12:00:00Z"
  private static let hour: Int64 = 3_600_000

  private func verdict(
    _ counted: [CountedMessages], _ caps: OutreachCaps, now: Instant
  ) -> GuardVerdict {
    verdict(OutreachMessage(.sendInvoiceReminder, .email), counted, caps, now: now)
  }

  private func verdict(
    _ message: OutreachMessage, _ counted: [CountedMessages], _ caps: OutreachCaps, now: Instant
  ) -> GuardVerdict {
    OutreachGuard.evaluate(
      message, facts: OutreachFacts(counted: counted), rules: OutreachRules(caps: caps), now: now)
  }

  private func caps(_ name: String, _ limit: Int?) throws -> OutreachCaps {
    var caps = OutreachCaps.none
    caps[try #require(OutreachCap(name: name))] = limit
    return caps
  }

  @Test func `the standard is that of the engine's page`() throws {
    func limit(_ name: String) throws -> Int? {
      OutreachCaps.standard[try #require(OutreachCap(name: name))]
    }
    #expect(try limit("email.org.hour") == 100)
    #expect(try limit("email.org.day") == 500)
    #expect(try limit("sms.org.hour") == 20)
    #expect(try limit("sms.org.day") == 50)
    #expect(try limit("email.partner.day") == 3)
    #expect(try limit("sms.partner.day") == 2)
    #expect(try limit("email.recipient.day") == 3)
    #expect(try limit("email.domain.hour") == 20)
    #expect(try limit("internal.sms.recipient.day") == 10)
    #expect(try limit("email.partner.hour") == nil)
  }

  @Test func `every name is read back and nothing else is one`() {
    for cap in OutreachCaps.all { #expect(OutreachCap(name: cap.name) == cap) }
    #expect(Set(OutreachCaps.all.map(\.name)).count == OutreachCaps.all.count)
    for name in ["", "email", "sms.domain.hour", "internal.email.partner.day", "email.org.week"] {
      #expect(OutreachCap(name: name) == nil)
    }
  }

  @Test(arguments: [
    "email.partner.hour", "email.org.hour", "email.recipient.hour", "email.domain.hour",
  ])
  func `one too many waits until the one that is the limit before it is a span old`(
    _ name: String
  ) throws {
    let cap = try #require(OutreachCap(name: name))
    let now = try at(Self.noon)
    let sent = [5, 30, 50].map { now.plus(minutes: -$0) }
    let counted = [CountedMessages(cap.subject, .hour, instants: sent)]
    let end = now.plus(minutes: 10)
    #expect(
      verdict(counted, try caps(name, 3), now: now)
        == .wait(
          until: end,
          reasons: [
            GuardReason(
              rule: cap.rule, hold: .cap, limit: .count(3, .hour), until: end,
              found: "3 in an hour")
          ]))
    #expect(verdict(counted, try caps(name, 3), now: end.plus(milliseconds: -1)) != .send)
    #expect(verdict(counted, try caps(name, 3), now: end) == .send)
    #expect(verdict(counted, try caps(name, 4), now: now) == .send)
    #expect(verdict(counted, try caps(name, nil), now: now) == .send)
  }

  @Test func `a cap of another channel, audience or span does not bind`() throws {
    let now = try at(Self.noon)
    let counted = [CountedMessages(.org, .hour, instants: [now])]
    for name in ["sms.org.hour", "internal.email.org.hour", "email.org.day", "email.partner.hour"] {
      #expect(verdict(counted, try caps(name, 1), now: now) == .send)
    }
    let text = OutreachMessage(.xSendTaskNotification, .email)
    #expect(verdict(text, counted, try caps("internal.email.org.hour", 1), now: now) != .send)
    #expect(verdict(text, counted, try caps("email.org.hour", 1), now: now) == .send)
  }

  @Test func `what was counted in this transaction moves the others up`() throws {
    let now = try at(Self.noon)
    let caps = try caps("email.org.hour", 3)
    let stored = [now.plus(minutes: -10), now.plus(minutes: -20)]
    var counted = CountedMessages(.org, .hour, instants: stored)
    #expect(verdict([counted], caps, now: now) == .send)
    counted.later = 1
    #expect(verdict([counted], caps, now: now).until == now.plus(minutes: 40))
    counted.later = 2
    #expect(verdict([counted], caps, now: now).until == now.plus(minutes: 50))
    counted.later = 3
    #expect(verdict([counted], caps, now: now).until == now.plus(minutes: 60))
  }

  @Test func `only the ranks that are needed are asked for`() throws {
    var caps = try caps("email.org.hour", 100)
    caps[try #require(OutreachCap(name: "email.org.day"))] = 500
    #expect(
      caps.ranks(.customer, .email, .org)
        == [RankedSpan(span: .hour, ranks: 99..<100), RankedSpan(span: .day, ranks: 499..<500)])
    #expect(caps.ranks(.customer, .email, .org, ahead: 63).first?.ranks == 36..<100)
    #expect(caps.ranks(.customer, .email, .org, ahead: 200).first?.ranks == 0..<100)
    #expect(caps.ranks(.customer, .sms, .org).isEmpty)
    #expect(caps.ranks(.internal, .email, .org).isEmpty)
  }

  @Test func `a critical action passes caps where a person says so, and nothing else`() throws {
    let now = try at(Self.noon)
    let caps = try caps("sms.org.hour", 1)
    let counted = [CountedMessages(.org, .hour, instants: [now])]
    func message(_ priority: ActionPriority, waived: Bool) -> OutreachMessage {
      OutreachMessage(.xSendSMSAlert, .sms, priority: priority, isWaived: waived)
    }
    #expect(verdict(message(.critical, waived: true), counted, caps, now: now) == .send)
    #expect(verdict(message(.critical, waived: false), counted, caps, now: now) != .send)
    #expect(verdict(message(.high, waived: true), counted, caps, now: now) != .send)
    let facts = OutreachFacts(lastToPartner: now, counted: counted)
    let cold = OutreachGuard.evaluate(
      message(.critical, waived: true), facts: facts, rules: OutreachRules(caps: caps), now: now)
    #expect(cold.reasons.map(\.rule) == ["cool_down.partner"])
    let stopped = OutreachFacts(
      suppressions: [
        SuppressionFact(
          scope: .all, reason: .stop, since: now, until: nil, address: Digest.sha256([1]))
      ], counted: counted)
    guard
      case .drop = OutreachGuard.evaluate(
        message(.critical, waived: true), facts: stopped, rules: OutreachRules(caps: caps),
        now: now)
    else {
      Issue.record("a waiver passed a suppression")
      return
    }
  }

  @Test func `the org's own people have no cool-down`() throws {
    let now = try at(Self.noon)
    let facts = OutreachFacts(lastToPartner: now, lastToAddress: now)
    let note = OutreachMessage(.xSendTaskNotification, .email)
    #expect(OutreachGuard.evaluate(note, facts: facts, rules: .standard, now: now) == .send)
  }

  /// Messages come at random moments, each asks the guard and goes as soon as it may: no span ever
  /// holds more than the limit, and none waited for nothing.
  @Test(arguments: Seeds.all)
  func `no sliding span ever holds more than the limit`(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<60 {
      let limit = Int.random(in: 1...6, using: &random)
      var caps = try caps("email.partner.hour", limit)
      let perDay = Int.random(in: limit...12, using: &random)
      caps[try #require(OutreachCap(name: "email.partner.day"))] = perDay
      var sent: [Instant] = []
      var now = try at(Self.noon)
      for _ in 0..<80 {
        now = now.plus(milliseconds: Int64.random(in: 0...(2 * Self.hour / 3), using: &random))
        let ask = { (now: Instant) in
          verdict(Self.counted(sent, caps), caps, now: now)
        }
        if let until = ask(now).until {
          #expect(ask(until.plus(milliseconds: -1)) != .send, "seed \(seed)")
          now = until
        }
        #expect(ask(now) == .send, "seed \(seed)")
        sent.append(now)
      }
      for (span, limit) in [(Self.hour, limit), (24 * Self.hour, perDay)] {
        for end in sent {
          let inside = sent.filter {
            $0 <= end && $0.milliseconds > end.milliseconds - span
          }
          #expect(inside.count <= limit, "seed \(seed)")
        }
      }
    }
  }

  /// What a store would answer: of each span the ranks that are asked for.
  private static func counted(_ sent: [Instant], _ caps: OutreachCaps) -> [CountedMessages] {
    let newest = Array(sent.sorted(by: >))
    return caps.ranks(.customer, .email, .partner).map { ranked in
      CountedMessages(
        .partner, ranked.span, firstRank: ranked.ranks.lowerBound,
        instants: Array(newest.dropFirst(ranked.ranks.lowerBound).prefix(ranked.ranks.count)))
    }
  }
}

extension GuardVerdict {
  var until: Instant? {
    if case .wait(let until, _) = self { until } else { nil }
  }
}
