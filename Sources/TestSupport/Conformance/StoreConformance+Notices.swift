import ActionProtocol
import Decisions
import Engine

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

  private static func notice(_ state: ActionState, _ moment: PolicyNotice.Moment) -> RuleNotice {
    RuleNotice(org: state.org, action: state.id, moment: moment, role: "owner", at: Sample.later(1))
  }
}
