import ActionProtocol
import Decisions
import Testing

@Suite struct SettlementTests {
  private static let now = Instant(milliseconds: 1_772_636_400_000)
  private static let far = now.advanced(by: .seconds(72 * 3600))

  struct Case: Sendable, CustomTestStringConvertible {
    let outcome: CallOutcome
    var attempts = 0
    var calls = 0
    var executeBy = SettlementTests.far
    var jitter = 0.0
    let next: Settlement.Next
    let reservation: Settlement.Reservation
    let counts: Bool
    var paused: Int64?

    var testDescription: String { "\(outcome.name) after \(attempts)" }
  }

  private static func later(_ milliseconds: Int64) -> Instant {
    Instant(milliseconds: now.milliseconds + milliseconds)
  }

  static let answers: [Case] = [0, 1, 2, 99].flatMap { attempts -> [Case] in
    [
      Case(
        outcome: .accepted(providerID: "p", warnings: []), attempts: attempts, next: .completed,
        reservation: .sent, counts: true),
      Case(
        outcome: .accepted(providerID: "p", warnings: ["one refused"]), attempts: attempts,
        next: .completed, reservation: .sent, counts: true),
      Case(
        outcome: .refused(code: "bad_address", message: "no"), attempts: attempts,
        next: .failed(code: "bad_address"), reservation: .released, counts: true),
      Case(
        outcome: .unknown(code: "deadline"), attempts: attempts,
        next: .unknown(firstLook: later(15_000)), reservation: .kept, counts: true),
    ]
  }

  static let pauses: [Case] = [0, 2, 99].flatMap { attempts -> [Case] in
    [
      Case(
        outcome: .configuration(code: "key_invalid", message: "no"), attempts: attempts,
        next: .waiting(.configuration, until: later(300_000)), reservation: .released,
        counts: false, paused: 300_000),
      Case(
        outcome: .configuration(code: "sender_not_verified", message: "no"), attempts: attempts,
        next: .waiting(.configuration, until: later(300_000)), reservation: .released,
        counts: false),
      Case(
        outcome: .throttled(retryAfter: nil), attempts: attempts,
        next: .waiting(.throttled, until: later(60_000)), reservation: .released, counts: false,
        paused: 60_000),
      Case(
        outcome: .throttled(retryAfter: .seconds(7)), attempts: attempts,
        next: .waiting(.throttled, until: later(7000)), reservation: .released, counts: false,
        paused: 7000),
      Case(
        outcome: .throttled(retryAfter: .zero), attempts: attempts,
        next: .waiting(.throttled, until: later(1000)), reservation: .released, counts: false,
        paused: 1000),
      // Beyond the deadline too: waiting is not an attempt, and the deadline ends it elsewhere.
      Case(
        outcome: .throttled(retryAfter: .seconds(600)), attempts: attempts,
        executeBy: later(1000), next: .waiting(.throttled, until: later(600_000)),
        reservation: .released, counts: false, paused: 600_000),
    ]
  }

  /// The message itself cannot go: counted, and ended after three attempts.
  static let ownFaults: [Case] = Settlement.ownFaults.sorted().flatMap { code -> [Case] in
    func example(
      _ attempts: Int, executeBy: Instant = far, next: Settlement.Next
    ) -> Case {
      Case(
        outcome: .notSent(code: code), attempts: attempts, executeBy: executeBy, next: next,
        reservation: .released, counts: true)
    }
    return [
      example(0, next: .waiting(.retryBackoff, until: later(200))),
      example(1, next: .waiting(.retryBackoff, until: later(400))),
      example(2, next: .failed(code: "attempts_exhausted.\(code)")),
      example(3, next: .failed(code: "attempts_exhausted.\(code)")),
      example(0, executeBy: later(201), next: .waiting(.retryBackoff, until: later(200))),
      example(0, executeBy: later(200), next: .failed(code: "deadline_before_retry.\(code)")),
      example(0, executeBy: later(199), next: .failed(code: "deadline_before_retry.\(code)")),
    ]
  }

  /// The way out is closed: the channel waits, longer with every call, and nothing counts.
  static let unreachable: [Case] = ["name_not_found", "connect_failed", "tls_failed", "new_code"]
    .flatMap { code -> [Case] in
      func example(
        calls: Int, executeBy: Instant = far, next: Settlement.Next, paused: Int64?
      ) -> Case {
        Case(
          outcome: .notSent(code: code), attempts: 2, calls: calls, executeBy: executeBy,
          next: next, reservation: .released, counts: false, paused: paused)
      }
      return [
        example(calls: 0, next: .waiting(.retryBackoff, until: later(200)), paused: 200),
        example(calls: 3, next: .waiting(.retryBackoff, until: later(1600)), paused: 1600),
        example(calls: 99, next: .waiting(.retryBackoff, until: later(90_000)), paused: 90_000),
        example(
          calls: 0, executeBy: later(201), next: .waiting(.retryBackoff, until: later(200)),
          paused: 200),
        example(
          calls: 0, executeBy: later(200), next: .failed(code: "deadline_before_retry.\(code)"),
          paused: nil),
      ]
    }

  static let leaseOver = Case(
    outcome: .notSent(code: Settlement.leaseOver), attempts: 2, calls: 9,
    next: .waiting(.retryBackoff, until: later(2000)), reservation: .released, counts: false)

  static let notSent = ownFaults + unreachable + [leaseOver]

  @Test(arguments: answers + pauses + notSent)
  func `an outcome settles as`(_ example: Case) {
    let settlement = Settlement.after(
      example.outcome, attempts: example.attempts, calls: example.calls, limits: .standard,
      now: Self.now, executeBy: example.executeBy, jitter: example.jitter)
    #expect(settlement.next == example.next)
    #expect(settlement.reservation == example.reservation)
    #expect(settlement.countsAsAttempt == example.counts)
    #expect(settlement.channelPausedUntil == example.paused.map(Self.later))
  }

  @Test func `every outcome has a stable word of its own`() {
    let outcomes: [CallOutcome] = [
      .accepted(providerID: "p", warnings: []), .accepted(providerID: "p", warnings: ["w"]),
      .refused(code: "c", message: "m"), .configuration(code: "c", message: "m"),
      .throttled(retryAfter: nil), .notSent(code: "c"), .unknown(code: "c"),
    ]
    #expect(
      outcomes.map(\.name) == [
        "accepted", "accepted_in_part", "refused", "configuration", "throttled", "not_sent",
        "unknown",
      ])
  }

  @Test func `only acceptance makes a reservation sent, only doubt keeps it`() {
    for example in Self.answers + Self.pauses + Self.notSent {
      let settlement = Settlement.after(
        example.outcome, attempts: 0, limits: .standard, now: Self.now, executeBy: Self.far,
        jitter: 0.5)
      switch example.outcome {
      case .accepted: #expect(settlement.reservation == .sent)
      case .unknown: #expect(settlement.reservation == .kept)
      default: #expect(settlement.reservation == .released)
      }
    }
  }
}
