import ActionProtocol
import Decisions
import Synchronization

/// Policies made ready for deciding, found by their hash. What the hash names never changes, so one
/// process needs each of them once, whatever org or database it stands in.
final class PolicyLibrary: Sendable {
  static let shared = PolicyLibrary()

  /// More than that are forgotten; they are made again when they are needed.
  private static let most = 64

  private let made = Mutex<[Digest: PolicyEngine]>([:])

  func engine(_ hash: Digest) -> PolicyEngine? { made.withLock { $0[hash] } }

  func keep(_ engine: PolicyEngine, _ hash: Digest) {
    made.withLock { made in
      if made.count >= Self.most { made.removeAll() }
      made[hash] = engine
    }
  }
}

extension PolicyVersion {
  /// The policy that was stored.
  /// - Throws: ``EngineFault/unreadablePolicy`` where it is none any more, or not the one of the hash:
  ///   nothing is decided by it then.
  public func policy() throws -> Policy {
    guard case .success(let json) = JSONReader.read(document),
      let policy = PolicyReader.read(PolicyNode(json)).policy, policy.hash == hash
    else { throw EngineFault.unreadablePolicy }
    return policy
  }
}

extension Policy {
  /// What is stored of it.
  var stored: [UInt8] { CanonicalJSON.encode(json) }
}
