import ActionProtocol
import Addressing
import Decisions
import Logging

/// Reads what customers answered by SMS, and stops where they ask for it.
///
/// Only numbers that the org has written to count, and in a rehearsal none. A clear STOP forbids every
/// further SMS to the number; what may be one wants a person's eye first. A later START takes back what
/// an answer of the same number forbade, and nothing else. A HELP becomes a proposal to answer it, which
/// a person decides like any other. The answers themselves are neither kept nor logged.
public struct ReplyReader: Sendable {
  /// Between two looks while SMS are being sent.
  public static let interval: Duration = .seconds(300)
  /// Where there is little to expect: no SMS for ``quietAfter``, or the key may not read.
  public static let longInterval: Duration = .seconds(86_400)
  /// Before SMS go out their org's answers are not older than this; a key that may not read is not
  /// asked more often, however much is sent.
  static let patience: Duration = .seconds(600)
  static let quietAfter: Duration = .seconds(30 * 86_400)
  /// The first look goes back this far.
  static let firstReach: Duration = .seconds(30 * 86_400)
  /// Looks overlap: clocks differ, and the provider may list an answer late.
  static let overlap: Duration = .seconds(86_400)
  static let source = "sms_reply"

  private let context: EngineContext

  public init(_ context: EngineContext) { self.context = context }

  /// What one look did.
  public struct Report: Hashable, Sendable {
    /// Why nothing was read; nil: it was.
    public var code: String?
    /// Numbers that are stopped from now on.
    public var stopped = 0
    /// Numbers that wait for a person from now on.
    public var unclear = 0
    /// Numbers that asked for messages again, and may be written to.
    public var lifted = 0
    /// Numbers that asked what this is.
    public var asked = 0
    /// Answers to these that are proposed now.
    public var proposed = 0
    /// Why others could not be proposed: the codes of each.
    public var refused: [String] = []
    /// When to look again.
    public var next: Duration
  }

  /// Sees to it that somebody looks soon after a message went to a customer.
  static func arm(_ org: OrgID, _ store: any StoreTransaction) throws {
    try store.put(
      DurableTimer(
        org: org, kind: .readReplies, subject: OutreachChannel.sms.rawValue,
        due: store.now.advanced(by: interval)))
  }

  /// Looks once.
  /// - Throws: store errors and cancellation; what the provider does not do is in the report.
  @discardableResult
  public func read(_ org: OrgID) async throws -> Report {
    let facts = try await facts(org)
    guard facts.wroteEver else { return Report(code: "nothing_sent", next: Self.longInterval) }
    if let before = facts.before, before.code == SuppressionSyncState.notPermitted,
      before.lookedAt.advanced(by: Self.patience) > facts.now
    {
      return Report(code: before.code, next: Self.longInterval)
    }
    return try await look(org, facts)
  }

  /// Looks before SMS of an org go out, unless that was done just now: a STOP that waits at the
  /// provider is known before the next intent is written, also where no timer runs.
  func refresh(_ orgs: Set<OrgID>) async throws {
    guard context.configuration.delivery != .redirect else { return }
    try await withThrowingTaskGroup(of: Void.self) { looks in
      for org in orgs { looks.addTask { try await refresh(org) } }
      try await looks.waitForAll()
    }
  }

  private func refresh(_ org: OrgID) async throws {
    let facts = try await facts(org)
    if let before = facts.before, before.lookedAt.advanced(by: Self.patience) > facts.now { return }
    try await look(org, facts)
  }

  private func facts(_ org: OrgID) async throws -> Facts {
    let delivery = context.configuration.delivery
    return try await context.store.read { store in
      guard let organisation = try store.organisation(org) else { throw Approvals.noOrg(org) }
      return try Facts(organisation, delivery, store)
    }
  }

  @discardableResult
  private func look(_ org: OrgID, _ facts: Facts) async throws -> Report {
    switch context.channels.channel(for: facts.organisation) {
    case .failure(let refusal):
      return try await record(
        org, facts, code: "no_channel.\(refusal.code)", next: Self.interval)
    case .success(let channel):
      return try await ask(channel, org, facts)
    }
  }

  private func ask(
    _ channel: any MessageChannel, _ org: OrgID, _ facts: Facts
  ) async throws -> Report {
    let since =
      facts.before?.readAt?.earlier(by: Self.overlap) ?? facts.now.earlier(by: Self.firstReach)
    switch await channel.replies(org, since: since) {
    case .done(let replies):
      let next = facts.wroteLately ? Self.interval : Self.longInterval
      return try await take(replies, org, facts, next: next)
    case .notPermitted:
      return try await record(
        org, facts, code: SuppressionSyncState.notPermitted, next: Self.longInterval)
    case .refused(let code):
      return try await record(org, facts, code: code, next: Self.longInterval)
    case .failed(let code):
      return try await record(org, facts, code: code, next: Self.interval)
    }
  }

  // MARK: - What was read

  private func take(
    _ replies: [SMSReply], _ org: OrgID, _ facts: Facts, next: Duration
  ) async throws -> Report {
    // Only what answers real messages binds; whether it can be read is worth knowing all the same.
    let heard = facts.binds ? replies : []
    let answers = heard.compactMap(ReplyAnswer.init).sorted { $0.isBefore($1) }
    let context = context
    let report = try await context.store.write { store in
      // Read anew: another process may have looked meanwhile.
      let known = Set(try ReplyState.of(org, facts.delivery, store)?.taken ?? [])
      var report = Report(next: next)
      let taken = try Self.apply(answers, known, facts, store, context, &report)
      let state = ReplyState(lookedAt: facts.now, readAt: facts.now, code: nil, taken: taken)
      try Self.save(state, facts, store)
      return report
    }
    log(org, report, isNews: facts.before?.code != nil)
    for codes in report.refused {
      context.logger.error(
        "an answer to HELP could not be proposed",
        metadata: ["org": "\(org.rawValue)", "issues": "\(codes)"])
    }
    if report.proposed > 0 { await context.wake.ring() }
    return report
  }

  /// - Returns: the answers that concern the org.
  private static func apply(
    _ answers: [ReplyAnswer], _ known: Set<String>, _ facts: Facts, _ store: any StoreTransaction,
    _ context: EngineContext, _ report: inout Report
  ) throws -> [String] {
    let (org, own) = (facts.organisation.id, facts.organisation.mode.ownDelivery)
    let book = ReplyBook(
      store: store, entropy: context.entropy, organisation: facts.organisation)
    let help = HelpReply(store: store, context: context, organisation: facts.organisation)
    var taken: [String] = []
    for answer in answers where try store.hasWritten(org, to: .of(answer.from), .sms, own) {
      taken.append(answer.reply)
      // A person may have lifted since what this very answer had stopped.
      guard !known.contains(answer.reply) else { continue }
      switch answer.word {
      case .stop: report.stopped += try book.stop(answer) ? 1 : 0
      case .unclear: report.unclear += try book.stop(answer) ? 1 : 0
      case .start: report.lifted += try book.lift(answer, among: answers) ? 1 : 0
      case .help:
        report.asked += 1
        switch try help.take(answer) {
        case .created: report.proposed += 1
        case .invalid(let issues): report.refused.append(issues.map(\.code).joined(separator: ","))
        case .existing, .conflict, nil: break
        }
      case .other: break
      }
    }
    return taken
  }

  // MARK: - Recording

  /// Nothing was read: what was read before stays the last.
  private func record(
    _ org: OrgID, _ facts: Facts, code: String, next: Duration
  ) async throws -> Report {
    try await context.store.write { store in
      let last = try ReplyState.of(org, facts.delivery, store)
      try Self.save(
        ReplyState(
          lookedAt: facts.now, readAt: last?.readAt, code: code, taken: last?.taken ?? []),
        facts, store)
    }
    let report = Report(code: code, next: next)
    log(org, report, isNews: facts.before?.code != code)
    return report
  }

  private static func save(
    _ state: ReplyState, _ facts: Facts, _ store: any StoreTransaction
  ) throws {
    let org = facts.organisation.id
    let before = try ReplyState.of(org, facts.delivery, store)
    try store.setInstallationValue(ReplyState.key(org, facts.delivery), to: state.text)
    // That a first look went well is no news.
    guard before?.code != state.code else { return }
    try store.append(
      [
        AuditEvent(
          kind: "sms_replies.reading_changed", actor: Author.engine.rawValue, via: source,
          subject: "org:\(org.rawValue)", details: ["code": .string(state.code ?? "ok")])
      ], org: org)
  }

  private func log(_ org: OrgID, _ report: Report, isNews: Bool) {
    let hasFound = report.stopped + report.unclear + report.lifted + report.asked > 0
    let level: Logger.Level =
      isNews && report.code == SuppressionSyncState.notPermitted
      ? .warning : isNews || hasFound ? .info : .debug
    context.logger.log(
      level: level, "answers by SMS",
      metadata: [
        "org": "\(org.rawValue)", "reading": "\(report.code ?? "ok")",
        "stopped": "\(report.stopped)", "unclear": "\(report.unclear)",
        "lifted": "\(report.lifted)", "asked": "\(report.asked)",
        "proposed": "\(report.proposed)",
      ])
  }
}

/// What a look has to know beforehand.
private struct Facts: Sendable {
  let organisation: Organisation
  let delivery: DeliveryMode
  let before: ReplyState?
  let now: Instant
  let wroteLately: Bool
  let wroteEver: Bool

  /// Whether what is answered is an answer to messages that reached whom they were for. While a live
  /// org is redirected, its customers may still answer what it sent before.
  var binds: Bool { delivery != .sandbox || organisation.mode == .sandbox }

  init(
    _ organisation: Organisation, _ delivery: DeliveryMode, _ store: any StoreReading
  ) throws {
    self.organisation = organisation
    self.delivery = delivery
    before = try ReplyState.of(organisation.id, delivery, store)
    now = store.now
    let (org, own) = (organisation.id, delivery == .sandbox ? delivery : .live)
    let lately = now.earlier(by: ReplyReader.quietAfter)
    wroteLately = try store.hasWrittenSMS(org, own, since: lately)
    let start = Instant(milliseconds: 0)
    wroteEver = try wroteLately || store.hasWrittenSMS(org, own, since: start)
  }
}

extension Digest {
  static func of(_ phone: PhoneNumber) -> Digest { AddressDigest.of(phone) }
}

extension Instant {
  fileprivate func earlier(by span: Duration) -> Instant {
    Instant(milliseconds: milliseconds - span.wholeMilliseconds)
  }
}
