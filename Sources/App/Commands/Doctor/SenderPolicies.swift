import Addressing
import Connectors
import Decisions
import Engine
import Resolving

/// What is known of one sender domain's DMARC policy, or why nobody looked.
enum DMARCKnowledge: Hashable, Sendable {
  case found(DMARCFinding)
  /// `--offline`.
  case offline
  /// A name that is kept for examples and tests, which nobody owns.
  case reserved
  /// A sandbox organisation reaches nothing beyond this machine.
  case sandbox
}

/// The DMARC policies of the domains that messages are sent from.
struct SenderPolicies: Sendable {
  private let known: [String: DMARCKnowledge]

  /// Nobody looks anything up.
  static let offline = SenderPolicies([:])

  init(_ known: [String: DMARCKnowledge]) { self.known = known }

  subscript(domain: String) -> DMARCKnowledge { known[domain] ?? .offline }

  /// Looks each domain up once, side by side. No other domain is asked about, but those above it.
  static func look(
    _ senders: [Mailbox], isSandbox: Bool, lookup: TXTLookup = .system
  ) async -> SenderPolicies {
    let domains = Set(senders.map(\.address.domain))
    let discovery = DMARCDiscovery(lookup)
    return await withTaskGroup(of: (String, DMARCKnowledge).self) { group in
      for domain in domains {
        group.addTask {
          if ExampleAddress.isExample(domain) { return (domain, .reserved) }
          return isSandbox ? (domain, .sandbox) : (domain, .found(await discovery.find(domain)))
        }
      }
      var known: [String: DMARCKnowledge] = [:]
      for await (domain, knowledge) in group { known[domain] = knowledge }
      return SenderPolicies(known)
    }
  }

  /// Of an organisation's senders, or of the one in the settings where there is no organisation yet.
  static func look(
    _ organisation: Organisation?, _ settings: Settings, lookup: TXTLookup = .system
  ) async -> SenderPolicies {
    let own = [organisation?.sender ?? settings.sender].compactMap { $0 }
    let further = organisation?.identities.map(\.mailbox) ?? []
    return await look(own + further, isSandbox: organisation?.mode == .sandbox, lookup: lookup)
  }
}

extension TXTLookup {
  /// By the machine's resolver: at most 3 s for an answer, asked twice.
  static let system = TXTLookup { name in
    switch await TXTResolver().answer(for: name) {
    case .records(let texts): .records(texts)
    case .absent: .absent
    case .failed: .failed
    }
  }
}
