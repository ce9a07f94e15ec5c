import Engine
import TestSupport

/// What the provider makes of one call.
enum Deed: String, CaseIterable, Sendable {
  /// Accepted, and says so.
  case accept
  /// Refused, and says so.
  case refuse
  /// Accepted; its answer is lost.
  case loseAnswer
  /// Never seen; nobody can tell from the answer.
  case loseRequest
  /// Asks for a pause.
  case throttle

  /// Whether the provider has the message.
  var isSeen: Bool { self == .accept || self == .loseAnswer }
}

/// One thing that happens. Actions are named by number.
enum ModelCommand: Sendable {
  case propose(Int)
  case edit(Int)
  case approve(Int)
  /// An approval of something that was shown earlier.
  case approveStale(Int)
  case reject(Int)
  case requeue(Int)
  /// A process carries out what is due; the deeds by action.
  case run([Deed])
  /// The same, and it is killed after the provider has heard the calls and before any answer.
  case die([Deed])
  /// A process stops (as by SIGSTOP) while its calls are under way; another takes what is due later.
  case stall([Deed])
  /// Everybody who stopped goes on.
  case wake
  case recover
  case expire
  /// The provider's activity is searched.
  case look
  /// The provider posts that it has the newest message that it has seen of an action.
  case webhook(Int)
  case settle(Int, UnknownAnswer)
  case pass(seconds: Int)

  static let actions = 3

  /// More than a day: what is pending expires.
  private static let longest = 90_000

  /// So many commands; together they last less than what was approved may wait, three days.
  static func sequence(_ count: Int, _ generator: inout SeededGenerator) -> [ModelCommand] {
    var hasPassed = false
    return (0..<count).map { _ in
      let command = random(&generator)
      guard case .pass(seconds: longest) = command else { return command }
      defer { hasPassed = true }
      return hasPassed ? .pass(seconds: 20) : command
    }
  }

  private static func random(_ generator: inout SeededGenerator) -> ModelCommand {
    let action = Int.random(in: 0..<actions, using: &generator)
    switch Int.random(in: 0..<100, using: &generator) {
    case ..<8: return .propose(action)
    case ..<14: return .edit(action)
    case ..<34: return .approve(action)
    case ..<37: return .approveStale(action)
    case ..<40: return .reject(action)
    case ..<44: return .requeue(action)
    case ..<54: return .run(deeds(&generator))
    case ..<60: return .die(deeds(&generator))
    case ..<64: return .stall(deeds(&generator))
    case ..<67: return .wake
    case ..<72: return .recover
    case ..<74: return .expire
    case ..<78: return .look
    case ..<82: return .webhook(action)
    case ..<91: return .settle(action, pick(UnknownAnswer.allCases, &generator))
    default:
      return .pass(seconds: pick([1, 20, 20, 70, 70, 3600, 4 * 3600 + 1, longest], &generator))
    }
  }

  private static func deeds(_ generator: inout SeededGenerator) -> [Deed] {
    (0..<actions).map { _ in
      // Most losses are of the kind that recovery is for.
      pick(Deed.allCases + [.loseAnswer, .loseRequest], &generator)
    }
  }

  private static func pick<Item>(_ items: [Item], _ generator: inout SeededGenerator) -> Item {
    items[Int.random(in: 0..<items.count, using: &generator)]
  }
}

extension ModelCommand: CustomStringConvertible {
  var description: String {
    switch self {
    case .propose(let n): "propose \(n)"
    case .edit(let n): "edit \(n)"
    case .approve(let n): "approve \(n)"
    case .approveStale(let n): "approve stale \(n)"
    case .reject(let n): "reject \(n)"
    case .requeue(let n): "requeue \(n)"
    case .run(let deeds): "run \(deeds.map(\.rawValue))"
    case .die(let deeds): "die \(deeds.map(\.rawValue))"
    case .stall(let deeds): "stall \(deeds.map(\.rawValue))"
    case .wake: "wake"
    case .recover: "recover"
    case .expire: "expire"
    case .look: "look"
    case .webhook(let n): "webhook \(n)"
    case .settle(let n, let answer): "settle \(n) \(answer.rawValue)"
    case .pass(let seconds): "pass \(seconds) s"
    }
  }
}
