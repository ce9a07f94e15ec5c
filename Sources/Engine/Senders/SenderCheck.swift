import ActionProtocol
import Addressing
import Decisions

/// Asks the provider whether it takes an org's senders, and keeps what it says.
///
/// Where messages go is where it is asked. A key that may not see senders and domains makes every answer
/// *cannot tell*; sending goes on, and the provider decides. What the provider says it would refuse is
/// passed over from then on, and what waits under it is held.
public struct SenderCheck: Sendable {
  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// What came of asking.
  public struct Report: Sendable {
    /// The org as it stands now.
    public var organisation: Organisation
    /// Nil where nobody was asked.
    public var facts: VendorSenderFacts?
    /// Why nobody was asked: `rehearsal`, `no_channel.…`, `no_list`.
    public var code: String?
    /// What to do about that.
    public var remedy: String?

    /// The verdict on a sender.
    public func verdict(_ sender: SenderIdentity) -> SenderVerdict {
      SenderVerdict(sender.mailbox.address, facts)
    }
  }

  /// Asks about all senders of an org.
  /// - Throws: store errors.
  public func check(_ org: OrgID, by author: Author, via: String) async throws -> Report {
    guard let organisation = try await context.store.read({ try $0.organisation(org) }) else {
      throw Approvals.noOrg(org)
    }
    var report = Report(organisation: organisation)
    // A rehearsal of a live org must not learn from a sandbox's lists.
    if organisation.mode == .live, context.configuration.delivery == .sandbox {
      report.code = "rehearsal"
      report.remedy = "Messages go to the sandbox now; AIOM_DELIVERY says where they go."
      return report
    }
    switch context.channels.channel(for: organisation) {
    case .failure(let refusal):
      report.code = "no_channel.\(refusal.code)"
      report.remedy = refusal.remedy
    case .success(let channel):
      guard let list = channel.senders else {
        report.code = "no_list"
        return report
      }
      report.facts = openDoor(await list.facts())
      report.organisation = try await keep(report, by: author, via: via)
    }
    return report
  }

  /// A sandbox that lists nobody takes everybody: its empty lists say nothing.
  private func openDoor(_ facts: VendorSenderFacts) -> VendorSenderFacts {
    guard context.configuration.delivery == .sandbox, facts.senders.found?.isEmpty == true,
      facts.domains.found?.isEmpty == true
    else { return facts }
    return VendorSenderFacts(senders: .notPermitted, domains: .notPermitted)
  }

  private func keep(_ report: Report, by author: Author, via: String) async throws -> Organisation {
    try await context.store.write { store in
      let org = report.organisation.id
      guard let organisation = try store.organisation(org) else { throw Approvals.noOrg(org) }
      var isBetter = false
      for old in organisation.identities {
        let verdict = report.verdict(old)
        guard !verdict.isInconclusive else { continue }
        var sender = old
        (sender.standing, sender.checkedAt) = (verdict.standing, store.now)
        try store.save(sender, org: org)
        guard sender.standing != old.standing else { continue }
        isBetter = isBetter || !old.isUsable
        try SenderAudit(store: store, org: org)
          .append("sender.checked", sender, by: author, via: via)
      }
      if isBetter { _ = try store.releaseHolds(org, .configuration) }
      return try store.organisation(org) ?? organisation
    }
  }
}
