import ActionProtocol
import Engine

/// What must be true of the engine, as a dictionary: a hundred lines that a person can check against
/// the guarantees, and that know nothing of how the engine does it.
struct ActionModel {
  struct Call {
    let revision: Int
    let at: Int
    let seen: Bool
    /// Nil until its answer is written down.
    var outcome: String?
    var proven = false
    var looked = false
    /// When its process is proven dead; nil while it lives.
    var deathAt: Int?
    /// The answer that a stopped process will bring.
    var deed: Deed?
    /// Whether it uses up the customer's cool-down.
    var counts: Bool { proven || ["accepted", "unknown", "left", nil].contains(outcome) }
  }

  struct Entry {
    var status = ActionStatus.pendingApproval
    var revision = 1
    var expiresAt: Int
    var notBefore = 0
    var calls: [Call] = []
    var isUnknown: Bool { status == .executing && calls.last?.outcome == "unknown" }
    /// Messages that the customer got.
    var messages: Int { calls.count { $0.seen } }
    /// How often a person asked for one more.
    var wanted = 1
  }

  static let (day, coolDown, lease) = (86_400, 4 * 3600, 15)
  private(set) var entries: [Int: Entry] = [:]
  private var now = 0
  private var pausedUntil = 0

  /// The actions that a process would call for now.
  var due: [Int] {
    entries.keys.sorted().filter { number in
      guard let entry = entries[number], entry.status == .approved else { return false }
      let free = entry.calls.filter(\.counts).map { $0.at + Self.coolDown }.max() ?? 0
      return now >= max(entry.notBefore, pausedUntil, free)
    }
  }

  /// The newest call that the provider has seen.
  func seen(_ number: Int) -> Call? { entries[number]?.calls.last { $0.seen } }

  /// What a command does. False: it is refused and changes nothing.
  @discardableResult
  mutating func apply(_ command: ModelCommand) -> Bool {
    switch command {
    case .propose(let n): return propose(n)
    case .edit(let n): return revise(n, from: [.pendingApproval, .approved])
    case .requeue(let n): return revise(n, from: [.failed])
    case .approve(let n): return approve(n)
    case .approveStale: return false
    case .reject(let n):
      return change(n, from: [.pendingApproval, .approved]) { $0.status = .rejected }
    case .run(let deeds): for n in due { call(n, deeds[n]); answer(n, deeds[n]) }
    case .die(let deeds): for n in due { call(n, deeds[n], deathAt: now + Self.lease) }
    case .stall(let deeds): for n in due { call(n, deeds[n], isStopped: true) }
    case .wake: wake()
    case .recover: recover()
    case .expire: expire()
    case .look: for n in entries.keys { look(n) }
    case .webhook(let n):
      if let index = entries[n]?.calls.lastIndex(where: \.seen) { prove(n, index) }
    case .settle(let n, let answer): return settle(n, answer)
    case .pass(let seconds): now += seconds
    }
    return true
  }

  private mutating func change(
    _ n: Int, from statuses: [ActionStatus], _ body: (inout Entry) -> Void
  ) -> Bool {
    guard var entry = entries[n], statuses.contains(entry.status) else { return false }
    body(&entry)
    entries[n] = entry
    return true
  }

  private mutating func propose(_ n: Int) -> Bool {
    if let entry = entries[n] {
      // What nobody decided in time, or was rejected with other words, may be proposed anew.
      let isOver = entry.status == .expired || (entry.status == .rejected && entry.revision > 1)
      guard isOver, entry.calls.isEmpty else { return true }
    }
    entries[n] = Entry(expiresAt: now + Self.day)
    return true
  }

  private mutating func revise(_ n: Int, from statuses: [ActionStatus]) -> Bool {
    change(n, from: statuses) { [now] entry in
      if entry.status == .failed { entry.wanted += 1 }
      (entry.status, entry.expiresAt) = (.pendingApproval, now + Self.day)
      entry.revision += 1
    }
  }

  private mutating func approve(_ n: Int) -> Bool {
    guard let entry = entries[n], now < entry.expiresAt else { return false }
    return change(n, from: [.pendingApproval]) { entry in
      (entry.status, entry.notBefore) = (.approved, 0)
    }
  }

  private mutating func call(_ n: Int, _ deed: Deed, deathAt: Int? = nil, isStopped: Bool = false) {
    guard var entry = entries[n] else { return }
    entry.status = .executing
    entry.calls.append(
      Call(
        revision: entry.revision, at: now, seen: deed.isSeen, deathAt: deathAt,
        deed: isStopped ? deed : nil))
    entries[n] = entry
  }

  /// The answer of the newest call is written down, unless somebody knew before.
  private mutating func answer(_ n: Int, _ deed: Deed) {
    guard var entry = entries[n], let last = entry.calls.indices.last else { return }
    entry.calls[last].deed = nil
    guard entry.calls[last].outcome == nil, entry.status == .executing else {
      entries[n] = entry
      return
    }
    switch deed {
    case .accept: (entry.calls[last].outcome, entry.status) = ("accepted", .completed)
    case .refuse: (entry.calls[last].outcome, entry.status) = ("refused", .failed)
    case .loseAnswer, .loseRequest: entry.calls[last].outcome = "unknown"
    case .throttle:
      (entry.calls[last].outcome, entry.status) = ("throttled", .approved)
      entry.notBefore = now + 60
      pausedUntil = max(pausedUntil, now + 60)
    }
    entries[n] = entry
  }

  private mutating func wake() {
    for n in entries.keys.sorted() {
      if let deed = entries[n]?.calls.last?.deed { answer(n, deed) }
    }
  }

  private mutating func recover() {
    for (n, entry) in entries {
      for (index, call) in entry.calls.enumerated() where call.outcome == nil {
        if let death = call.deathAt, now >= death { entries[n]?.calls[index].outcome = "unknown" }
      }
    }
  }

  private mutating func expire() {
    for (n, entry) in entries where entry.status == .pendingApproval && now >= entry.expiresAt {
      entries[n]?.status = .expired
    }
  }

  private mutating func look(_ n: Int) {
    for (index, call) in (entries[n]?.calls ?? []).enumerated() {
      guard !call.proven, ["unknown", "abandoned", "left"].contains(call.outcome) else { continue }
      if call.seen { prove(n, index) } else { entries[n]?.calls[index].looked = true }
    }
  }

  /// Somebody shows that the provider has the message of a call.
  private mutating func prove(_ n: Int, _ index: Int) {
    guard var entry = entries[n], !entry.calls[index].proven else { return }
    let call = entry.calls[index]
    guard call.outcome != "accepted" else { return }
    if call.outcome == nil || call.outcome == "unknown" {
      entry.calls[index].outcome = "accepted"
    } else {
      entry.calls[index].proven = true
    }
    switch entry.status {
    case .executing where call.revision == entry.revision: entry.status = .completed
    case .failed: entry.status = .completed
    case .approved where call.revision == entry.revision: entry.status = .completed
    case .approved, .pendingApproval: entry.status = .rejected
    default: break
    }
    entries[n] = entry
  }

  private mutating func settle(_ n: Int, _ answer: UnknownAnswer) -> Bool {
    guard var entry = entries[n], entry.isUnknown, let last = entry.calls.indices.last else {
      return false
    }
    switch answer {
    case .arrived: (entry.calls[last].outcome, entry.status) = ("accepted", .completed)
    case .leave: (entry.calls[last].outcome, entry.status) = ("left", .failed)
    case .sendAgain:
      // Never before the provider was asked, and never where an earlier message is known to be there.
      let isThere = entry.calls.contains { $0.outcome == "accepted" || $0.proven }
      guard entry.calls[last].looked, !isThere else { return false }
      entry.calls[last].outcome = "abandoned"
      (entry.status, entry.expiresAt) = (.pendingApproval, now + Self.day)
      entry.revision += 1
      entry.wanted += 1
    }
    entries[n] = entry
    return true
  }
}
