import ActionProtocol
import Addressing
import Decisions
import Insights
import Logging

/// Tells persons by e-mail what waits for their decision, and by e-mail or text what rules of the policy
/// want them to know: one message a person, channel and look, none where nothing is new. Each message is a proposal like any other.
public struct PersonNotices: Sendable {
  /// So many waiting proposals are looked at, and so many notices; the rest is for the next look.
  private static let mostWaiting = 200
  private static let mostNotices = 500
  /// What nobody could be told for so long is no news any more.
  private static let news: Duration = .seconds(7 * 86_400)

  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// What one look did.
  public struct Report: Hashable, Sendable {
    /// Proposals that persons can decide.
    public var waiting = 0
    /// Messages that are proposed now.
    public var proposed = 0
    /// Active persons who should have been told and have no address.
    public var unreachable = 0
    /// Why messages could not be proposed: the codes of each.
    public var refused: [String] = []

    public init(waiting: Int = 0, proposed: Int = 0) {
      self.waiting = waiting
      self.proposed = proposed
    }

    /// `{waiting, proposed, unreachable, refused}`.
    public var json: JSONObject {
      [
        "waiting": .integer(Int64(waiting)), "proposed": .integer(Int64(proposed)),
        "unreachable": .integer(Int64(unreachable)), "refused": .integer(Int64(refused.count)),
      ]
    }
  }

  /// Looks once. The messages, and that they were made, are one transaction.
  /// - Returns: nil where the org does not want it, or has no persons.
  /// - Throws: ``DecisionError`` for an unknown org; ``DraftingError``; store errors.
  @discardableResult
  public func tell(_ org: OrgID, via: String) async throws -> Report? {
    let context = context
    let report = try await context.store.write { store -> Report? in
      guard let organisation = try store.organisation(org) else { throw Approvals.noOrg(org) }
      guard organisation.tellsPersons else {
        let kept = try store.ripeNotices(org, limit: Self.mostNotices)
        try store.remove(kept.map(\.notice))
        return nil
      }
      guard let deciders = try context.roles.deciders(of: org, store) else { return nil }
      return try Look(
        context: context, store: store, organisation: organisation, deciders: deciders, via: via
      ).tell()
    }
    guard let report else { return nil }
    for codes in report.refused {
      context.logger.error(
        "a notice could not be proposed",
        metadata: ["org": "\(org.rawValue)", "issues": "\(codes)"])
    }
    if report.proposed > 0 { await context.wake.ring() }
    return report
  }

  /// One look, inside its transaction.
  private struct Look {
    let context: EngineContext
    let store: any StoreTransaction
    let organisation: Organisation
    let deciders: [Author: Set<String>]
    let via: String

    private var org: OrgID { organisation.id }

    func tell() throws -> Report {
      let desk = try waiting()
      let kept = try store.ripeNotices(org, limit: PersonNotices.mostNotices)
      let oldest = store.now.advanced(by: .zero - PersonNotices.news)
      let ripe = kept.filter { $0.notice.at > oldest }
      let told = try store.told(org)
      let roles = Dictionary(grouping: try store.memberships(in: org), by: \.person)
        .mapValues { Set($0.map(\.role.rawValue)) }
      var report = Report(waiting: desk.count)
      var (reached, later): ([PersonID], [RuleNotice]) = ([], [])
      for person in try store.persons() where person.isActive && roles[person.id] != nil {
        let own = try desk.compactMap { try $0.waiting(for: person, deciders) }
        let isDue = own.contains {
          ApprovalReminder.isDue(
            asked: $0.asked, ends: $0.request.endsAt, told: told[person.id], now: store.now)
        }
        let held = (roles[person.id] ?? []).union([Self.role(of: person.id)])
        if let phone = person.phone {
          let texts = Self.concerning(ripe, held, by: [.sms], besides: own)
          if try !tell(texts, person, phone, &report) {
            later += texts.map { $0.notice.held(for: Self.role(of: person.id)) }
          }
        }
        // Whom no text reaches reads it in the mail.
        let concerning = Self.concerning(
          ripe, held, by: person.phone == nil ? [.email, .sms] : [.email], besides: own)
        let news = concerning.map { NoticeLine(title: $0.title, news: NoticeLine.News($0)) }
        guard isDue || !news.isEmpty else { continue }
        guard let email = person.email else {
          report.unreachable += 1
          continue
        }
        let lines =
          own.map { NoticeLine(title: $0.request.title, news: .waits(until: $0.request.endsAt)) }
          + news
        let colleague = Colleague(name: person.name, email: email)
        if try propose(lines, to: colleague, person.id, &report) {
          reached.append(person.id)
        } else {
          later += concerning.map { $0.notice.held(for: Self.role(of: person.id)) }
        }
      }
      try store.remove(kept.map(\.notice))
      // What could not be said to somebody is said to them another time, and to nobody else again.
      for notice in later { try store.keep(notice) }
      try store.setTold(org, reached)
      return report
    }

    /// - Returns: false where it has to be said another time.
    private func tell(
      _ texts: [RipeNotice], _ person: Person, _ phone: PhoneNumber, _ report: inout Report
    ) throws -> Bool {
      guard !texts.isEmpty else { return true }
      let text = PersonText(
        drafting: context.drafting, company: organisation.profile, now: store.now)
      return try admit(
        text.proposal(
          news: texts.map(\.title), to: person.name, person.id.rawValue, phone), &report)
    }

    private func propose(
      _ lines: [NoticeLine], to colleague: Colleague, _ person: PersonID, _ report: inout Report
    ) throws -> Bool {
      let proposal = try PersonNotice(
        drafting: context.drafting, company: organisation.profile, now: store.now
      ).proposal(to: colleague, person.rawValue, lines)
      return try admit(proposal, &report)
    }

    private func admit(_ proposal: Proposal, _ report: inout Report) throws -> Bool {
      let admission = Admission(
        store: store, organisation: organisation, entropy: context.entropy, author: .notices,
        via: via, delivery: context.configuration.delivery, isFinding: false)
      switch try admission.admit(proposal) {
      // The policy refuses it, because the address is suppressed for instance: it will the next time too.
      case .created(let state) where state.status == .rejected: report.unreachable += 1
      case .created: report.proposed += 1
      case .invalid(let issues):
        report.refused.append(issues.map(\.code).joined(separator: ","))
        return false
      // An earlier one to the person has not gone out yet.
      case .existing, .conflict: return false
      }
      return true
    }

    /// What is asked now: proposals that are not snoozed, and drafts of the policy.
    private func waiting() throws -> [Asked] {
      let states = try store.inbox(org, InboxFilter(limit: PersonNotices.mostWaiting))
        .filter { $0.createdBy != .notices }
      let requests = try store.requests(org, about: states)
      let marks = try store.inboxMarks(org, states.map(\.id))
      let actions = try states.reversed().compactMap { state -> Asked? in
        guard let request = requests[state.id] else { return nil }
        return Asked(
          request: request, action: state.id, title: state.title, endsAt: state.expiresAt,
          assignedTo: marks[state.id]?.assignedTo, entries: try entries(request),
          answersFor: try answering(request))
      }
      let drafts = try store.openRequests(org, .policy, limit: PersonNotices.mostWaiting)
        .filter { $0.expiresAt > store.now }
        .map {
          Asked(
            request: $0, action: nil, title: "Policy: \($0.reason ?? "another version")",
            endsAt: $0.expiresAt, assignedTo: nil, entries: try entries($0),
            answersFor: try answering($0))
        }
      return drafts + actions
    }

    /// Whom a requirement of somebody else leaves out: who proposed, and who answers for the agent that did.
    private func answering(_ request: ApprovalRequest) throws -> Author? {
      guard request.requirement.notProposer, deciders.count > 1 else { return nil }
      return request.requestedBy.kind == .agent
        ? try context.roles.owner(of: request.requestedBy, in: org, store) : request.requestedBy
    }

    /// Where one person is enough, nobody has said anything yet.
    private func entries(_ request: ApprovalRequest) throws -> [ApprovalEntry] {
      let needed = request.requirement.roles.values.reduce(0, +)
      guard needed > 1 || request.requirement.rejections > 1 else { return [] }
      return try store.entries(org, of: request.id)
    }

    /// Who a notice is kept for where a person could not be told with the others.
    private static func role(of person: PersonID) -> String { "person:\(person.rawValue)" }

    /// What is news to a person, each once, whatever the person's roles.
    private static func concerning(
      _ ripe: [RipeNotice], _ roles: Set<String>, by channels: Set<ApprovalChannel>,
      besides own: [Asked.Own]
    ) -> [RipeNotice] {
      let waiting = Set(own.compactMap(\.request.action))
      var told: Set<RipeNotice> = []
      return ripe.filter { ripe in
        guard roles.contains(ripe.notice.role), channels.contains(ripe.notice.channel),
          !waiting.contains(ripe.notice.action)
        else {
          return false
        }
        var once = ripe
        (once.notice.role, once.notice.at) = ("", Instant(milliseconds: 0))
        once.notice.channel = .email
        return told.insert(once).inserted
      }
    }
  }
}

extension RuleNotice {
  fileprivate func held(for role: String) -> RuleNotice {
    var copy = self
    copy.role = role
    return copy
  }
}

/// Something that persons are asked about.
private struct Asked {
  let request: ApprovalRequest
  /// Nil for a draft of the policy.
  let action: ActionID?
  let title: String
  let endsAt: Instant
  let assignedTo: PersonID?
  let entries: [ApprovalEntry]
  /// Who may not decide it because it is their own; nil: nobody.
  let answersFor: Author?

  /// As it waits for one person.
  struct Own {
    let request: Asked
    /// When the person came to be asked.
    let asked: Instant
  }

  /// Nil where it does not wait for the person: another's, said already, no role, the own proposal.
  func waiting(for person: Person, _ deciders: [Author: Set<String>]) throws -> Own? {
    guard let author = person.id.author, let held = deciders[author],
      assignedTo.map({ $0 == person.id }) ?? true,
      !entries.contains(where: { $0.person == author })
    else { return nil }
    let requirement = request.requirement
    if answersFor == author { return nil }
    if !ApprovalQuorum(requirement, deciders: deciders).roles(of: author).isEmpty {
      return Own(request: self, asked: request.at)
    }
    let asked = requirement.escalate.filter { held.contains($0.role) }
      .map { request.at.advanced(by: $0.after.duration) }.min()
    return asked.map { Own(request: self, asked: $0) }
  }
}

extension NoticeLine.News {
  fileprivate init(_ ripe: RipeNotice) {
    switch (ripe.notice.moment, ripe.status) {
    case (.before, _): self = .proposed
    case (.after, .completed): self = .done
    case (.after, .failed): self = .failed
    case (.after, .rejected): self = .refused
    case (.after, _): self = .ended
    }
  }
}
