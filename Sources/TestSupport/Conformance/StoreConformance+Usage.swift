import ActionProtocol
import Decisions
import Engine
import Insights

extension StoreConformance {
  static let usage = [
    StoreConformance("usage counts what was accepted in the period, by recipients") { store in
      try await store.put((1...6).map { Sample.action($0, .executing) })
      try await store.write { store in
        try sent(1, at: 0, ["a", "b"], store)
        try sent(2, at: 999, ["a"], store)
        try sent(3, at: 1000, ["c"], store)
        try sent(4, at: -1, ["d"], store)
        try sent(5, at: 5, ["e"], outcome: "refused", store)
        try sent(6, at: 6, ["f"], outcome: "unknown", store)
      }
      try await store.read { store in
        let lines = try store.usage(
          Sample.org(), from: Sample.start, before: Sample.later(1000))
        try same(lines, [line(messages: 2, units: 3)], "the period")
        try same(
          try store.usage(Sample.org("other"), from: Sample.start, before: Sample.later(1000)), [],
          "another org's")
      }
    },
    StoreConformance("usage counts a message that is proven later") { store in
      try await store.put([Sample.action(1, .executing)])
      try await store.write { store in
        try sent(1, at: 5, ["a"], outcome: "left", store)
        _ = try store.prove(
          Sample.org(), Sample.operation(1), providerID: "late", at: Sample.later(7))
      }
      try await store.read { store in
        let lines = try store.usage(
          Sample.org(), from: Sample.start, before: Sample.later(1000))
        try same(lines, [line(messages: 1, units: 1)], "proven")
      }
    },
    StoreConformance("the busiest day leaves out the sandbox") { store in
      try await store.put((1...2).map { Sample.action($0, .executing) })
      try await store.write { store in
        try sent(1, at: 0, ["a"], store)
        try sent(2, at: 0, ["b", "c"], delivery: .live, store)
      }
      try await store.read { store in
        let busiest = try store.busiestDay(
          Sample.org(), from: Sample.start, before: Sample.later(1000))
        try same(busiest, 2, "live recipients")
        try same(
          try store.busiestDay(Sample.org(), from: Sample.later(1), before: Sample.later(1000)), 0,
          "nothing")
      }
    },
  ]

  private static func line(messages: Int, units: Int) -> UsageLine {
    UsageLine(
      actionType: .sendInvoiceReminder, channel: .email, delivery: .sandbox, country: nil,
      messages: messages, units: units)
  }

  private static func sent(
    _ number: Int, at milliseconds: Int64, _ addresses: [String], delivery: DeliveryMode = .sandbox,
    outcome: String = "accepted", _ store: any StoreTransaction
  ) throws {
    var intent = Sample.intent(number, at: Sample.later(milliseconds))
    intent.delivery = delivery
    try store.insert(intent)
    try store.reserve(
      Sample.reservation(
        number, addresses: addresses, delivery: delivery, at: Sample.later(milliseconds)))
    _ = try store.settle(
      intent.org, intent.operation, outcome: outcome, detail: nil,
      providerID: "provider-\(number)", at: Sample.later(milliseconds + 1))
  }
}
