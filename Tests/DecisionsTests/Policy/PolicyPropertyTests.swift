import ActionProtocol
import Decisions
import Foundation
import Testing

/// Random policies on random facts. `AIOM_SOAK=1` tries more than 100,000 of them over the seeds.
@Suite struct PolicyPropertyTests {
  private static let runs =
    ProcessInfo.processInfo.environment["AIOM_SOAK"] == "1" ? 34_000 : 400

  private func answer(_ engine: PolicyEngine, _ facts: PolicyFacts) -> [String] {
    let decision = engine.decide(facts)
    let winning = engine.winning(decision).sorted().joined(separator: ",")
    return [
      "\(CanonicalJSON.text(verdict(decision.verdict)))", "\(decision.waits)",
      "\(decision.notices.map(\.json))", winning, "\(decision.isAlert)", "\(decision.isDefault)",
    ]
  }

  private func verdict(_ verdict: PolicyVerdict) -> JSONValue {
    switch verdict {
    case .deny: "deny"
    case .auto(let undo): ["auto": undo.map { .string($0.text) } ?? .null]
    case .require(let requirement): requirement.json
    }
  }

  @Test(arguments: Seeds.all)
  func `the same rules in any order decide the same, and hash the same`(_ seed: UInt64) {
    var generator = PolicyGenerator(seed: seed)
    for run in 0..<Self.runs {
      let policy = generator.policy()
      let facts = generator.facts(policy)
      var other = policy
      other.rules = generator.shuffled(policy.rules)
      let same = answer(PolicyEngine(policy), facts) == answer(PolicyEngine(other), facts)
      #expect(same, "run \(run)")
      if run % 50 == 0 { #expect(policy.hash == other.hash) }
    }
  }

  @Test(arguments: Seeds.all)
  func `a rule that cannot be evaluated never permits`(_ seed: UInt64) {
    var generator = PolicyGenerator(seed: seed)
    var errors = 0
    var autos = 0
    for run in 0..<Self.runs {
      let policy = generator.policy()
      let facts = generator.facts(policy)
      let decision = PolicyEngine(policy).decide(facts)
      let isFaulty = decision.considered.contains { $0.fault != nil }
      if isFaulty {
        errors += 1
        #expect(decision.verdict == .deny && decision.isAlert, "run \(run)")
      }
      guard decision.verdict.kind == .auto else { continue }
      autos += 1
      let rules = decision.winning.map { policy.rules[$0] }
      #expect(rules.allSatisfy { $0.status == .active && $0.claimedFields.isEmpty || !isAuto($0) })
      #expect(rules.contains(where: isAuto), "run \(run)")
      #expect(facts[.risk] != .text("high") && facts[.risk] != .text("critical"))
    }
    #expect(errors > 0 && autos > 0)
  }

  private func isAuto(_ rule: PolicyRule) -> Bool {
    if case .auto = rule.then { return true }
    return false
  }

  @Test(arguments: Seeds.all)
  func `adding a deny, a delay or a cap never permits more`(_ seed: UInt64) {
    var generator = PolicyGenerator(seed: seed)
    var changed = 0
    for run in 0..<Self.runs {
      let policy = generator.policy()
      var stricter = policy
      var rule = generator.rule("added")
      guard let then = rule.then, tightens(then) else { continue }
      rule.status = .active
      stricter.rules.append(rule)
      let facts = generator.facts(stricter)
      let before = PolicyEngine(policy).decide(facts)
      let after = PolicyEngine(stricter).decide(facts)
      #expect(isAtLeastAsStrict(after, as: before), "run \(run)")
      if before != after { changed += 1 }
    }
    #expect(changed > 0)
  }

  private func tightens(_ outcome: PolicyOutcome) -> Bool {
    switch outcome {
    case .deny, .delay, .cap: true
    case .auto, .require: false
    }
  }

  private func isAtLeastAsStrict(_ after: PolicyDecision, as before: PolicyDecision) -> Bool {
    if after.verdict == .deny { return true }
    guard after.verdict.kind.mildness <= before.verdict.kind.mildness,
      before.waits.allSatisfy(after.waits.contains)
    else { return false }
    guard case .require(let new) = after.verdict, case .require(let old) = before.verdict else {
      return true
    }
    return new.joined(old) == new
  }

  @Test(arguments: Seeds.all)
  func `what a proposer or a text says never makes anything milder`(_ seed: UInt64) {
    var generator = PolicyGenerator(seed: seed)
    for run in 0..<Self.runs {
      var policy = generator.policy()
      let facts = generator.facts(policy)
      let before = PolicyEngine(policy).decide(facts)
      // Without the rules that rest on claims the decision is at most as strict.
      policy.rules.removeAll { !$0.claimedFields.isEmpty }
      let without = PolicyEngine(policy).decide(facts)
      #expect(isAtLeastAsStrict(before, as: without), "run \(run)")
    }
  }

  @Test(arguments: Seeds.all)
  func `every decision can be explained, and every change it names is tried`(_ seed: UInt64) {
    var generator = PolicyGenerator(seed: seed)
    for run in 0..<Self.runs / 20 {
      let policy = generator.policy()
      let engine = PolicyEngine(policy)
      let facts = generator.facts(policy)
      let explanation = engine.explain(facts)
      #expect(!explanation.text.isEmpty && !explanation.json.isNull)
      for line in explanation.considered where line.part == .notApplied {
        #expect(line.finding != nil || line.part != .notApplied, "run \(run)")
      }
      for change in explanation.changes {
        let decided = engine.decide(facts.with([change.field: change.wanted]))
        #expect(decided.verdict.kind == change.verdict, "run \(run)")
      }
      _ = PolicyCheck.issues(policy)
      _ = policy.rules.map(PolicySentences.sentence)
    }
  }
}
