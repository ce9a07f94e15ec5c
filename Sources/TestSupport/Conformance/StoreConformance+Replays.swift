import ActionProtocol
import Decisions
import Engine

extension StoreConformance {
  static let replays = [
    StoreConformance("a request with a key is kept with its answer, for its own caller") { store in
      try await store.put([])
      let record = record("k1", at: 1)
      let answer = KeptAnswer(status: 201, mediaType: "application/json", body: [1, 2, 3])
      try await store.write { store in
        try same(try store.replay(record.key), nil, "none yet")
        try store.begin(record)
        try same(try store.replay(record.key), record, "begun")
        var strange = record.key
        strange.author = Sample.unwrap(Author(rawValue: "agent:bot"))
        try same(try store.replay(strange), nil, "another's")
        try store.keep(answer, of: record)
        var kept = record
        kept.answer = answer
        try same(try store.replay(record.key), kept, "answered")
        try store.forget(record)
        try same(try store.replay(record.key), kept, "an answer is not forgotten")
      }
    },
    StoreConformance("who began a request anew ends it") { store in
      try await store.put([])
      let (first, second) = (record("k1", at: 1), record("k1", at: 2))
      let answer = KeptAnswer(status: 200, mediaType: "application/json", body: [])
      try await store.write { store in
        try store.begin(first)
        try store.begin(second)
        try store.keep(answer, of: first)
        try store.forget(first)
        try same(try store.replay(first.key), second, "the later one stands")
        try store.forget(second)
        try same(try store.replay(first.key), nil, "forgotten")
      }
    },
    StoreConformance("old requests are erased, the oldest first, in an org of its own") { store in
      let other = Sample.org("other")
      try await store.put([], orgs: [Sample.org(), other])
      try await store.write { store in
        for number in 1...3 { try store.begin(record("k\(number)", at: Int64(number))) }
        try store.begin(record("k1", at: 1, org: other))
        try same(
          try store.eraseReplays(Sample.org(), before: Sample.later(3), limit: 1), 1, "so many")
        try same(try store.replay(record("k1", at: 1).key), nil, "the oldest")
        try same(
          try store.eraseReplays(Sample.org(), before: Sample.later(3), limit: 9), 1, "the rest")
        try same(try store.replay(record("k3", at: 3).key), record("k3", at: 3), "a younger one")
        let key = record("k1", at: 1, org: other).key
        try check(try store.replay(key) != nil, "another org's")
      }
    },
  ]

  private static func record(
    _ text: String, at second: Int64, org: OrgID = Sample.org()
  ) -> ReplayRecord {
    ReplayRecord(
      key: ReplayKey(org: org, author: Sample.ann, text: text), request: Sample.digest(text),
      begunAt: Sample.later(second))
  }
}
