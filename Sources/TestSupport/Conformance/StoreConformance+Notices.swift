import ActionProtocol
import Decisions
import Engine
import Insights

extension StoreConformance {
  static let notices = [
    StoreConformance("a notice of before is ripe at once, one of after when its action has ended") {
      store in
      let (waits, ended) = (Sample.action(1), Sample.action(2, .rejected))
      try await store.put([waits, ended])
      let org = waits.org
      try await store.write { store in
        for state in [waits, ended] {
          for moment in PolicyNotice.Moment.allCases {
            for _ in 1...2 { try store.keep(notice(state, moment)) }
          }
        }
      }
      try await store.write { store in
        let ripe = try store.ripeNotices(org, limit: 10)
        try same(
          ripe.map(\.notice),
          [notice(waits, .before), notice(ended, .after), notice(ended, .before)], "ripe")
        try same(ripe.map(\.status), [.pendingApproval, .rejected, .rejected], "as they are now")
        try same(try store.ripeNotices(Sample.org("other"), limit: 10), [], "another org")
        try same(try store.ripeNotices(org, limit: 1).count, 1, "so many")
        try store.remove(ripe.map(\.notice))
      }
      let left = try await store.read { try $0.ripeNotices(org, limit: 10) }
      try same(left, [], "told")
    },
    StoreConformance("a notice by text and one by mail are two, each removed for itself") { store in
      let state = Sample.action(1)
      try await store.put([state])
      try await store.write { store in
        for channel in [ApprovalChannel.sms, .email, .sms] {
          try store.keep(notice(state, .before, channel))
        }
      }
      try await store.write { store in
        let ripe = try store.ripeNotices(state.org, limit: 10)
        try same(ripe.map(\.notice.channel), [.email, .sms], "both")
        try store.remove([notice(state, .before, .email)])
      }
      let left = try await store.read { try $0.ripeNotices(state.org, limit: 10) }
      try same(left.map(\.notice.channel), [.sms], "the other stays")
    },
    StoreConformance("a critical finding is to be alerted to once, until it gets worse again") {
      store in
      let org = Sample.org()
      try await store.put([])
      @Sendable func draft(_ fingerprint: String, _ severity: FindingSeverity) -> FindingDraft {
        FindingDraft(
          fingerprint: fingerprint, kind: "kind", severity: severity, title: "Title",
          explanation: "Words.")
      }
      @Sendable func record(_ draft: FindingDraft, number: Int64 = 0) -> FindingRecord {
        FindingRecord(
          org: org, number: number, source: .financial, draft: draft, firstSeenAt: Sample.later(1),
          lastSeenAt: Sample.later(1), changedAt: Sample.later(1))
      }
      try await store.write { store in
        for (fingerprint, severity) in [
          ("a", FindingSeverity.critical), ("b", .high), ("c", .critical),
        ] {
          _ = try store.insert(record(draft(fingerprint, severity)))
        }
        try same(
          try store.unalertedFindings(org).map(\.draft.fingerprint), ["c", "a"], "newest first")
        try same(try store.unalertedFindings(Sample.org("other")), [], "another org")
        try store.setAlerted(org, [1, 3])
        try same(try store.unalertedFindings(org), [], "alerted")
        try store.save([record(draft("a", .critical), number: 1)])
        try same(try store.unalertedFindings(org), [], "as bad as before")
        try store.save([record(draft("a", .high), number: 1)])
        try store.save([record(draft("a", .critical), number: 1)])
        try same(try store.unalertedFindings(org).map(\.number), [1], "worse again")
        var known = record(draft("a", .critical), number: 1)
        known.state = .acknowledged
        try store.save([known])
        try same(try store.unalertedFindings(org), [], "somebody has said a word")
      }
    },
    StoreConformance("when a person was last told is kept per org") { store in
      let org = Sample.org()
      let ann = Sample.person("ann")
      try await store.put([])
      try await store.write { store in
        try store.save(ann)
        try same(try store.told(org), [:], "never")
        try store.setTold(org, [ann.id])
        try store.setTold(org, [ann.id])
        try same(try store.told(org), [ann.id: store.now], "now")
        try same(try store.told(Sample.org("other")), [:], "another org")
      }
    },
  ]

  private static func notice(
    _ state: ActionState, _ moment: PolicyNotice.Moment, _ channel: ApprovalChannel = .email
  ) -> RuleNotice {
    RuleNotice(
      org: state.org, action: state.id, moment: moment, role: "owner", channel: channel,
      at: Sample.later(1))
  }
}
