import ActionProtocol
import Decisions
import Testing

@Suite struct RuleSuggestionTests {
  private static let euro = Currency(code: "EUR").unsafelyUnwrapped

  /// A friendly reminder of AIOM's own words, of low risk.
  private static func past(
    _ number: Int, _ outcome: PastDecision.Outcome = .approved, cents: Int64 = 10_000,
    days: Int64 = 20, template: String = "payment_reminder", risk: String = "low"
  ) -> PastDecision {
    PastDecision(
      id: "a\(number)", at: Instant(milliseconds: Int64(number) * 3_600_000),
      facts: facts(cents: cents, days: days, template: template, risk: risk), keys: [:],
      outcome: outcome)
  }

  private static func facts(
    cents: Int64, days: Int64 = 20, template: String = "payment_reminder", risk: String = "low"
  ) -> PolicyFacts {
    PolicyFacts.typical(.sendInvoiceReminder).with([
      .amount: .money(Money(minorUnits: cents, currency: euro)), .overdueDays: .integer(days),
      .template: .text(template), .risk: .text(risk), .recipientKind: .text("customer"),
      .recipientCount: .integer(1), .asksForPerson: .flag(false), .disputed: .flag(false),
    ])
  }

  private static func found(_ past: [PastDecision], edited: Set<Int> = []) -> [ApprovalStreak] {
    var streaks = ApprovalStreaks()
    for (index, one) in past.enumerated() { streaks.add(one, isEdited: edited.contains(index)) }
    return streaks.found
  }

  @Test func `twenty approvals in a row are a streak, one refusal or one edit ends it`() {
    let twenty = (1...20).map { Self.past($0) }
    #expect(Self.found(twenty).map(\.count) == [20])
    #expect(Self.found(Array(twenty.dropLast())).isEmpty)
    #expect(Self.found(twenty, edited: [10]).isEmpty)
    for outcome in [PastDecision.Outcome.rejected, .expired, .denied] {
      #expect(Self.found(twenty + [Self.past(21, outcome)]).isEmpty, "\(outcome)")
    }
    let after = [Self.past(0, .rejected)] + twenty
    #expect(Self.found(after).map(\.since) == [twenty[0].at])
  }

  @Test func `other templates, high risk and other people's words are no part of it`() {
    let twenty = (1...20).map { Self.past($0) }
    let others = [
      Self.past(21, .rejected, template: "final_notice"), Self.past(22, .rejected, risk: "high"),
    ]
    #expect(Self.found(twenty + others).map(\.count) == [20])
    #expect(Self.found((1...30).map { Self.past($0, risk: "high") }).isEmpty)
    let words = (1...30).map { number in
      var one = Self.past(number)
      one.facts = one.facts.with([.template: .absent])
      return one
    }
    #expect(Self.found(words).isEmpty)
  }

  @Test func `the rule lets go what was approved, and asks about all else as before`() throws {
    let past = (1...20).map { Self.past($0, cents: Int64($0) * 1000, days: Int64($0)) }
    let streak = try #require(Self.found(past).first)
    #expect(streak.highest?.minorUnits == 20_000 && streak.mostOverdue == 20)
    let suggestion = try #require(RuleSuggestion(streak, for: .initial))
    #expect(suggestion.narrowed == ["messages-ask", "money-asks"])
    let old = PolicyEngine(.initial)
    let new = PolicyEngine(suggestion.draft)
    let like = Self.facts(cents: 20_000, days: 20)
    #expect(old.decide(like).verdict.kind == .require)
    let tenMinutes = try #require(PolicySpan("10m"))
    #expect(new.decide(like).verdict == .auto(undo: tenMinutes))
    let beyond = [
      Self.facts(cents: 20_001, days: 20), Self.facts(cents: 20_000, days: 21),
      Self.facts(cents: 100, template: "final_notice"), Self.facts(cents: 100, risk: "medium"),
      like.with([.recipientKind: .text("unknown")]), like.with([.recipientCount: .integer(2)]),
      like.with([.asksForPerson: .flag(true)]), like.with([.disputed: .flag(true)]),
      like.with([.template: .absent]), like.with([.records: .integer(11)]),
    ]
    for facts in beyond { #expect(new.decide(facts).verdict.kind == .require) }
    #expect(new.decide(like.with([.optedOut: .flag(true)])).verdict.kind == .deny)
    for type in ActionType.allCases where type != .sendInvoiceReminder {
      let facts = PolicyFacts.typical(type)
      #expect(old.decide(facts).verdict == new.decide(facts).verdict, "\(type)")
    }
    // What the draft says stands in a file that reads back the same, and its cases hold.
    let issues = PolicyCheck.issues(suggestion.draft).filter { $0.severity == .error }
    #expect(issues.isEmpty)
    let failing = new.runCases().filter { !$0.holds }.map(\.name)
    #expect(failing.isEmpty)
  }

  @Test func `where a person is asked because of a claim, nothing is suggested`() throws {
    let streak = try #require(
      Self.found((1...20).map { Self.past($0, risk: "medium") }).first)
    #expect(RuleSuggestion(streak, for: .initial) == nil)
    // It goes by itself already.
    let low = try #require(Self.found((1...20).map { Self.past($0) }).first)
    let draft = try #require(RuleSuggestion(low, for: .initial)).draft
    #expect(RuleSuggestion(low, for: draft) == nil)
  }
}
