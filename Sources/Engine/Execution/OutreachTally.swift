import ActionProtocol
import Decisions

/// How many messages of a batch passed already and what they cost, for subjects that many messages share:
/// the org, its budget and the domains of companies. They are not in the tables yet when the next one is looked at.
struct OutreachTally {
  private struct Org: Hashable {
    let org: OrgID
    let channel: OutreachChannel
    let audience: OutreachAudience
  }

  private struct Domain: Hashable {
    let org: OrgID
    let domain: Digest
  }

  private struct Ledger: Hashable {
    let org: OrgID
    let channel: OutreachChannel
  }

  private var orgs: [Org: Int] = [:]
  private var spent: [Ledger: Int64] = [:]
  private var domains: [Domain: Int] = [:]

  /// A message passed.
  /// - Parameter cost: in the unit of its channel's ledger.
  mutating func add(_ question: OutreachQuestion?, cost: Int64) {
    guard let question else { return }
    spent[Ledger(org: question.org, channel: question.channel), default: 0] += cost
    orgs[Self.key(question), default: 0] += 1
    for domain in question.cappedDomains {
      domains[Domain(org: question.org, domain: domain), default: 0] += 1
    }
  }

  /// Counts what passed into what a further message's caps know.
  func count(into facts: inout OutreachFacts, of question: OutreachQuestion?) {
    guard let question, !orgs.isEmpty else { return }
    facts.month?.spent += spent[Ledger(org: question.org, channel: question.channel)] ?? 0
    for index in facts.counted.indices {
      switch facts.counted[index].subject {
      case .org:
        facts.counted[index].later += orgs[Self.key(question)] ?? 0
      case .domain:
        guard let domain = facts.counted[index].address else { continue }
        facts.counted[index].later += domains[Domain(org: question.org, domain: domain)] ?? 0
      // Two messages with one of these in common are looked at one after the other.
      case .partner, .recipient: continue
      }
    }
  }

  private static func key(_ question: OutreachQuestion) -> Org {
    Org(org: question.org, channel: question.channel, audience: question.audience)
  }
}
