import ActionProtocol
import Decisions
import Engine

/// Random action states: every optional column set and unset, every word of every enumeration.
struct StateGenerator {
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func state(_ number: Int) -> ActionState {
    let status = pick(ActionStatus.allCases)
    var state = ActionState(
      org: Sample.org(), id: Sample.id(number), type: pick(ActionType.allCases),
      operation: pick(OperationType.allCases), risk: pick(RiskLevel.allCases), status: status,
      revision: int(1...9), digest: digest(), proposalDigest: digest(),
      key: Sample.key("key-\(number)"), partner: maybe { Sample.partner($0.number()) },
      title: word(), createdBy: author(), createdAt: instant(), expiresAt: instant(),
      facts: maybe { $0.word() })
    change(&state, status)
    return state
  }

  /// Changes every column that a later save may change.
  mutating func change(_ state: inout ActionState, _ status: ActionStatus) {
    state.status = status
    state.risk = pick(RiskLevel.allCases)
    state.hold = maybe { generator in
      Hold(reason: generator.pick(HoldReason.allCases), until: generator.maybe { $0.instant() })
    }
    state.title = word()
    state.expiresAt = instant()
    state.executeBy = status == .approved ? instant() : maybe { $0.instant() }
    state.approval = status == .approved ? approval() : maybe { $0.approval() }
    state.rejection = status == .rejected ? rejection() : maybe { $0.rejection() }
    state.claim = status == .executing ? claim() : maybe { $0.claim() }
    state.lastToken = number()
    state.attempts = int(0...9)
    state.calls = int(0...9)
    state.providerID = maybe { $0.word() }
    state.errorCode = maybe { $0.word() }
    state.errorMessage = maybe { $0.word() }
    state.warnings = (0..<int(0...3)).map { _ in word() }
    state.executedAt = maybe { $0.instant() }
    state.durationMilliseconds = maybe { $0.number() }
    state.facts = maybe { $0.word() }
    state.factsConfirmed = Bool.random(using: &generator)
  }

  mutating func pick<Item>(_ items: [Item]) -> Item {
    items[Int.random(in: items.indices, using: &generator)]
  }

  private mutating func int(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &generator)
  }

  private mutating func number() -> Int64 {
    Int64.random(in: 1...9_007_199_254_740_991, using: &generator)
  }

  private mutating func maybe<Value>(_ make: (inout Self) -> Value) -> Value? {
    Bool.random(using: &generator) ? make(&self) : nil
  }

  private mutating func instant() -> Instant {
    Sample.later(Int64.random(in: 0...1_000_000_000, using: &generator))
  }

  private mutating func digest() -> Digest { Sample.digest(word()) }

  private mutating func author() -> Author {
    Sample.unwrap(Author(pick(Author.Kind.allCases), "name-\(int(1...99))"))
  }

  private mutating func approval() -> ApprovalRecord {
    ApprovalRecord(
      by: author(), at: instant(), delivery: pick(DeliveryMode.allCases),
      digest: maybe { $0.digest() }, policy: maybe { Int64($0.int(1...9)) })
  }

  private mutating func rejection() -> RejectionRecord {
    RejectionRecord(
      by: author(), at: instant(), reason: word(), quietUntil: maybe { $0.instant() })
  }

  private mutating func claim() -> Claim { Claim(boot: BootID(word()), token: number()) }

  /// Text as it comes: quotes, line ends, another script, a smiley outside the first plane.
  private mutating func word() -> String {
    pick([
      "plain", "it's \"quoted\"", "two\nlines", "Zürich — 東京", "smile \u{1F600}", "$1 ; --",
      " spaces ", "\\n not a line end", "%_",
    ]) + " \(int(0...999))"
  }
}
