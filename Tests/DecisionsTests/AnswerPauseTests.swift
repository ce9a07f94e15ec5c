import ActionProtocol
import Decisions
import Testing

@Suite("Customers' answers")
struct AnswerPauseTests {
  private let now = Instant(milliseconds: 1_800_000_000_000)

  private func rules(at: Int64, sent: Int64?, pause: Int64 = 3600) -> [GuardReason] {
    AnswerPause.reasons(
      CustomerAnswer(
        at: now.advanced(by: .seconds(at)),
        lastOutreach: sent.map { now.advanced(by: .seconds($0)) },
        pause: .seconds(pause)), now: now)
  }

  @Test func `an answer holds messages back until the pause is over`() {
    let reasons = rules(at: -3599, sent: nil)
    #expect(reasons.map(\.rule) == ["customer.answered"])
    #expect(reasons.map(\.hold) == [.paused])
    #expect(reasons.first?.until == now.advanced(by: .seconds(1)))
    #expect(reasons.first?.since == now.advanced(by: .seconds(-3599)))
    #expect(rules(at: -3600, sent: nil).isEmpty)
    #expect(rules(at: -3601, sent: nil).isEmpty)
  }

  @Test func `a message that was sent after it ends the pause`() {
    #expect(rules(at: -100, sent: -101).count == 1)
    #expect(rules(at: -100, sent: -100).isEmpty)
    #expect(rules(at: -100, sent: -99).isEmpty)
  }

  @Test func `nothing is held where nobody wrote or the org wants no pause`() {
    #expect(AnswerPause.reasons(nil, now: now).isEmpty)
    #expect(rules(at: -1, sent: nil, pause: 0).isEmpty)
  }

  @Test func `the guard waits for customers and not for colleagues`() {
    var facts = OutreachFacts()
    facts.answer = CustomerAnswer(at: now, lastOutreach: nil, pause: .seconds(3600))
    let reminder = OutreachGuard.evaluate(
      OutreachMessage(.sendInvoiceReminder, .email), facts: facts, rules: .standard, now: now)
    #expect(reminder.reasons.map(\.rule) == ["customer.answered"])
    guard case .wait(let until, _) = reminder else { Issue.record("it does not wait"); return }
    #expect(until == now.advanced(by: .seconds(3600)))
  }
}
