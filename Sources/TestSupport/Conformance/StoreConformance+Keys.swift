import ActionProtocol
import Decisions
import Engine

extension StoreConformance {
  static let keys = [
    StoreConformance("a key is taken while its action lives, completed, or ever had an intent") {
      try await keyTable($0)
    },
    StoreConformance("a key finds its newest action") { store in
      try await store.put([
        Sample.action(1, .expired, key: "k"), Sample.action(3, .rejected, key: "k"),
        Sample.action(2, .failed, key: "k"),
      ])
      try await store.read { store in
        try same(
          try store.action(Sample.org(), key: Sample.key("k"), in: .sandbox)?.id, Sample.id(3),
          "the newest")
        try check(
          try store.action(Sample.org(), key: Sample.key("K"), in: .sandbox) == nil,
          "keys have no case")
      }
    },
    StoreConformance("a saved change that would take a taken key is refused") { store in
      let old = Sample.action(1, .failed, key: "k")
      try await store.put([old, Sample.action(2, key: "k")])
      var revived = old
      revived.status = .pendingApproval
      let change = revived
      try await refused(store, "two live actions with one key") {
        _ = try $0.save(change, replacing: old.version)
      }
      try same(try await store.action(1), old, "the refused change")
    },
    StoreConformance("one live action of a type per record") { try await liveRecords($0) },
    StoreConformance("keys and records are taken in their own delivery mode alone") {
      try await modes($0)
    },
    StoreConformance("an id is given once over all orgs") { store in
      let other = Sample.org("other")
      try await store.put([Sample.action(1)], orgs: [Sample.org(), other])
      let twin = Sample.action(1, org: other)
      try await refused(store, "another org's id") {
        try $0.insert(twin, Sample.revision(of: twin), records: [])
      }
      try await store.read { store in
        try check(try store.isTaken(Sample.id(1)), "taken")
        try check(try !store.isTaken(Sample.id(2)), "free")
      }
    },
  ]

  private static func keyTable(_ store: any StorePort) async throws {
    try await store.put([])
    var number = 0
    for status in ActionStatus.allCases {
      for calls in [0, 1] {
        number += 2
        let gone = [ActionStatus.rejected, .expired, .failed].contains(status) && calls == 0
        let key = "key of \(status.rawValue) with \(calls)"
        var made = Sample.action(number, status, key: key)
        made.calls = calls
        let first = made
        let second = Sample.action(number + 1, key: key)
        try await store.put([first])
        if gone {
          try await store.put([second])
          try await store.read { store in
            try same(
              try store.action(Sample.org(), key: second.key, in: .sandbox)?.id, second.id,
              "the holder: \(key)")
          }
        } else {
          try await refused(store, "a second action under the \(key)") {
            try $0.insert(second, Sample.revision(of: second), records: [])
          }
        }
      }
    }
  }

  private static func liveRecords(_ store: any StorePort) async throws {
    try await store.put([], orgs: [Sample.org(), Sample.org("other")])
    let first = Sample.action(1)
    let records = [Sample.invoice(1), Sample.invoice(2)]
    try await store.write { try $0.insert(first, Sample.revision(of: first), records: records) }
    let second = Sample.action(2)
    try await refused(store, "a second live action on a record") {
      try $0.insert(second, Sample.revision(of: second), records: [Sample.invoice(2)])
    }
    try await store.read { store in
      let org = Sample.org()
      try same(
        try store.liveAction(
          org, .sendInvoiceReminder, on: [Sample.invoice(9), records[1]], in: .sandbox)?.id,
        first.id, "the live action of a record")
      try check(
        try store.liveAction(org, .createCollectionTask, on: records, in: .sandbox) == nil,
        "another type's")
      try check(
        try store.liveAction(
          Sample.org("other"), .sendInvoiceReminder, on: records, in: .sandbox) == nil,
        "another org's")
      try check(
        try store.liveAction(org, .sendInvoiceReminder, on: [], in: .sandbox) == nil,
        "of no record")
    }
    try await freed(store, first, second)
  }

  private static func freed(
    _ store: any StorePort, _ first: ActionState, _ second: ActionState
  ) async throws {
    try await store.write { store in
      try store.replaceLiveRecords(of: first, records: [Sample.invoice(1)])
      try store.insert(second, Sample.revision(of: second), records: [Sample.invoice(2)])
    }
    for status in ActionStatus.allCases where !status.isLive {
      let number = 10 + (ActionStatus.allCases.firstIndex(of: status) ?? 0)
      let made = Sample.action(number)
      var ended = Sample.action(number, status)
      ended.lastToken = 0
      let change = ended
      try await store.write { store in
        try store.insert(made, Sample.revision(of: made), records: [Sample.invoice(5)])
        try check(try store.save(change, replacing: made.version), "the end was refused")
        try check(
          try store.liveAction(made.org, made.type, on: [Sample.invoice(5)], in: .sandbox) == nil,
          "\(status.rawValue) still has its record")
      }
    }
  }

  private static func modes(_ store: any StorePort) async throws {
    try await store.put([])
    let modes = DeliveryMode.allCases
    let states = modes.enumerated().map { number, mode in
      Sample.action(number + 1, key: "k", delivery: mode)
    }
    try await store.write { store in
      for state in states {
        try store.insert(state, Sample.revision(of: state), records: [Sample.invoice(1)])
      }
    }
    try await store.read { store in
      let org = Sample.org()
      for state in states {
        try same(try store.action(org, state.id), state, "read back")
        try same(
          try store.action(org, key: state.key, in: state.delivery)?.id, state.id, "by key")
        try same(
          try store.liveAction(
            org, state.type, on: [Sample.invoice(1)], in: state.delivery)?.id, state.id,
          "live on the record")
      }
    }
  }
}
