import ActionProtocol
import Decisions
import Engine
import Foundation

extension PipelineBench {
  private static let cards = 50

  /// Evaluates the guard with so many past messages, a part of them to the customers who are asked for.
  func guardTimes(sends: Int, rounds: Int, _ note: (String) -> Void) async throws -> GuardTimes {
    try await house.store.write { [organisation] store in
      guard var saved = try store.organisation(organisation.id) else { return }
      saved.caps = .standard
      try store.save(saved)
    }
    try await importBooks(Self.cards)
    let states = try await Analyst(house.context).analyze(
      organisation.id, asOf: nil, dryRun: false, by: house.author(.propose, in: organisation.id),
      via: "bench"
    ).outcomes.compactMap(\.state)
    try await fillSends(sends, to: states.compactMap(\.partner), note)
    let preview = GuardPreview(house.context)
    var times = GuardTimes()
    for round in 0..<rounds {
      let id = states[round % states.count].id
      times.singles.append(
        try await Self.time { _ = try await preview.verdicts(organisation.id, [id]) })
      guard round % 10 == 0 else { continue }
      let all = states.map(\.id)
      times.pages.append(
        try await Self.time { _ = try await preview.verdicts(organisation.id, all) })
    }
    times.singles.sort()
    times.pages.sort()
    return times
  }

  /// Past messages, evenly over thirty days until now; every hundredth goes to one of `partners`.
  private func fillSends(
    _ count: Int, to partners: [PartnerID], _ note: (String) -> Void
  ) async throws {
    let org = organisation.id
    let span = 30 * 86_400_000
    for start in stride(from: 1, through: count, by: 5000) {
      let numbers = start...min(start + 4999, count)
      try await house.store.write { store in
        for number in numbers {
          let partner =
            number % 100 == 0
            ? partners[number / 100 % partners.count]
            : PartnerID(rawValue: Int64(1_000_000 + number % 50_000))
          let at = store.now.advanced(by: .milliseconds(-(span / count) * number))
          guard let id = ActionID(rawValue: "\(org.rawValue)-sent-\(number)") else { continue }
          try store.reserve(
            OutreachReservation(
              org: org, operation: OperationID(action: id, revision: 1, call: 1),
              channel: .email, partners: [partner].compactMap { $0 },
              addresses: [Digest.sha256(Array("sent\(number % 50_000)".utf8))], scopes: [],
              delivery: .sandbox, at: at))
        }
      }
      if numbers.upperBound % 100_000 == 0 { note("filled in \(numbers.upperBound) messages") }
    }
  }

  private static func time(_ body: () async throws -> Void) async throws -> Double {
    let taken = try await ContinuousClock().measure(body)
    return Double(taken.components.seconds) * 1000
      + Double(taken.components.attoseconds) / 1e15
  }
}
