import ActionProtocol
import Decisions
import Engine

extension StoreConformance {
  static let audit = [
    StoreConformance("audit numbers are gapless although bodies throw, under many writers") {
      try await gapless($0)
    },
    StoreConformance("an entry's bytes have its hash and its number") { store in
      try await store.write { store in
        try store.append(
          [Sample.event("first"), Sample.event("second")], org: Sample.org())
      }
      let entries = try await store.read {
        try $0.audit(Sample.org(), action: nil, after: 0, limit: 10)
      }
      for (index, entry) in entries.enumerated() {
        try same(Digest.sha256([0] + entry.leaf), entry.hash, "the hash of an entry")
        guard case .success(.object(let leaf)) = JSONReader.read(entry.leaf) else {
          throw ConformanceFailure("an entry is not JSON")
        }
        try same(leaf["seq"], .integer(Int64(index + 1)), "the number in the bytes")
        try same(leaf["log"], .string("acme"), "the log in the bytes")
        try same(leaf["at"], .string(entry.at.rfc3339), "the time in the bytes")
      }
      try same(entries.map(\.sequence), [1, 2], "numbers")
    },
    StoreConformance("personal data stands apart from the entry") { store in
      var event = Sample.event("action.rejected")
      event.personal = ["reason": Array("too early".utf8), "empty": []]
      let made = event
      try await store.write { try $0.append([made, made], org: Sample.org()) }
      let entries = try await store.read {
        try $0.audit(Sample.org(), action: nil, after: 0, limit: 10)
      }
      try same(entries.map(\.personal), [made.personal, made.personal], "personal data")
      let texts = entries.map { String(decoding: $0.leaf, as: UTF8.self) }
      try check(texts.allSatisfy { !$0.contains("too early") }, "personal data in the bytes")
      let commitments = try entries.map { entry -> JSONValue? in
        guard case .success(.object(let leaf)) = JSONReader.read(entry.leaf) else {
          throw ConformanceFailure("an entry is not JSON")
        }
        return leaf["commits"]
      }
      try check(commitments[0] != commitments[1], "equal values have equal commitments")
    },
    StoreConformance("entries are read by action, from a number on, up to a limit") { store in
      try await store.write { store in
        for number in 1...6 {
          try store.append(
            [Sample.event("e", action: number % 2 == 0 ? Sample.id(1) : nil)], org: Sample.org())
        }
        func numbers(_ action: ActionID?, after: Int64, limit: Int = 10) throws -> [Int64] {
          try store.audit(Sample.org(), action: action, after: after, limit: limit)
            .map(\.sequence)
        }
        try same(try numbers(nil, after: 0), [1, 2, 3, 4, 5, 6], "all")
        try same(try numbers(nil, after: 4), [5, 6], "from a number on")
        try same(try numbers(nil, after: 1, limit: 2), [2, 3], "up to a limit")
        try same(try numbers(Sample.id(1), after: 2), [4, 6], "of an action")
        try same(try numbers(Sample.id(2), after: 0), [], "of another action")
      }
    },
    StoreConformance("appending nothing uses no number") { store in
      try await store.write { store in
        try store.append([], org: Sample.org())
        try store.append([Sample.event("e")], org: Sample.org())
      }
      let entries = try await store.read {
        try $0.audit(Sample.org(), action: nil, after: 0, limit: 10)
      }
      try same(entries.map(\.sequence), [1], "numbers")
    },
  ]

  private static func gapless(_ store: any StorePort) async throws {
    let orgs = [Sample.org("one"), Sample.org("two")]
    await withTaskGroup(of: Void.self) { tasks in
      for writer in 0..<60 {
        tasks.addTask {
          // One in three throws after it has taken numbers.
          try? await store.write { store in
            try store.append([Sample.event("a"), Sample.event("b")], org: orgs[writer % 2])
            if writer % 3 == 0 { throw ConformanceThrown() }
          }
        }
      }
    }
    for org in orgs {
      let numbers = try await store.read {
        try $0.audit(org, action: nil, after: 0, limit: 1000).map(\.sequence)
      }
      try same(numbers, (1...40).map { Int64($0) }, "the numbers of \(org.rawValue)")
    }
  }
}
