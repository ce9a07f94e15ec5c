import ActionProtocol
import Addressing
import Connectors
import Decisions
import Engine
import Foundation
import Insights
import Logging

/// One run of the pipeline benchmark, for an org of its own.
struct PipelineBench {
  struct Result {
    var proposing = 0.0
    var approving = 0.0
    var filling = 0.0
    var execution = BenchExecution()
    /// From an approval to the provider, in milliseconds, sorted.
    var latencies: [Double] = []
  }

  let house: House
  let organisation: Organisation
  private let place: BenchPlace

  init(_ place: BenchPlace) async throws {
    house = try await Composition.create(place.settings(), level: .error)
    self.place = place
    try await Self.refuseForeignData(house)
    // Of each run its own, so that a database can be used again.
    let form = OrganisationForm.alwaysOpen(
      id: "bench-\(UUID().uuidString.lowercased().prefix(8))", name: "Bench",
      legalName: "Bench Ltd", address: "1 Loop Back",
      sender: "Bench <billing@bench.example>", undoSeconds: 0)
    var organisation = try form.organisation(at: SystemClock.now()).get()
    // What is measured is the engine, not how long it has to wait for a cap.
    organisation.caps = .none
    self.organisation = organisation
    try await OrganisationWriter(
      store: house.store, author: house.authorEverywhere(.settings), via: "bench"
    )
    .create(organisation)
  }

  /// A benchmark carries out whatever is due in the database: it must not be somebody's.
  private static func refuseForeignData(_ house: House) async throws {
    let foreign = try await house.store.read { store in
      try store.organisations().filter { organisation in
        let open = try store.actionCounts(organisation.id)
        return organisation.mode == .live || !organisation.id.rawValue.hasPrefix("bench-")
          || open[.approved] != nil || open[.executing] != nil
      }
    }
    guard foreign.isEmpty else {
      throw Failure(
        .refused, "bench.database_in_use",
        "The database has an organisation of somebody's, or an earlier benchmark that did not end.",
        remedy: "Name an empty database with --database, or none.")
    }
  }

  /// - Parameters:
  ///   - history: so many finished actions are in the tables before.
  ///   - workers: processes that carry out.
  ///   - singles: afterwards so many are approved one after the other, and each one's way is timed.
  func run(
    actions: Int, history: Int, workers: Int, singles: Int, _ note: (String) -> Void
  ) async throws -> Result {
    var result = Result()
    let clock = ContinuousClock()
    try await importBooks(actions + singles)
    note("imported \(actions + singles) overdue invoices")
    var proposed: [ActionState] = []
    result.proposing = try await Self.seconds(clock) {
      proposed = try await Analyst(house.context).analyze(
        organisation.id, asOf: nil, dryRun: false, by: house.author(.propose, in: organisation.id),
        via: "bench"
      ).outcomes.compactMap(\.state)
    }
    note("proposed \(proposed.count)")
    if history > 0, let sample = proposed.first {
      result.filling = try await Self.seconds(clock) {
        try await BenchHistory(house.store, like: sample).fill(history, note)
      }
    }
    let states = Array(proposed.prefix(actions))
    result.approving = try await Self.seconds(clock) { try await approve(states) }
    result.execution = try BenchExecution.inChildren(workers, place)
    if singles > 0 {
      result.latencies = try await BenchLatency(house, place).measure(
        Array(proposed.dropFirst(actions).prefix(singles)), workers: workers)
    }
    await house.closeConnections()
    return result
  }

  func importBooks(_ count: Int) async throws {
    let today = LocalDate(SystemClock.now(), in: organisation.profile.zone)
    let currency = organisation.profile.currency
    let org = organisation.id
    for start in stride(from: 1, through: count, by: 2000) {
      let numbers = start...min(start + 1999, count)
      try await house.store.write { store in
        for number in numbers {
          let partner = PartnerRow(
            externalID: "c\(number)", name: "Customer \(number)",
            email: try EmailAddress("billing@customer\(number).example"))
          _ = try store.upsert(org, .partner(partner), asOf: store.now)
          let invoice = InvoiceRow(
            externalID: "i\(number)", number: "INV-\(number)", partner: "c\(number)",
            issuedOn: today.adding(days: -90), dueOn: today.adding(days: -60),
            total: Money(minorUnits: 10_000 + Int64(number), currency: currency))
          _ = try store.upsert(org, .invoice(invoice), asOf: store.now)
        }
      }
    }
  }

  /// Sixteen at a time, so that they share their commits.
  private func approve(_ states: [ActionState]) async throws {
    let approvals = Approvals(house.context)
    let author = try await house.author(.decide, in: organisation.id)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (index, state) in states.enumerated() {
        if index >= 16 { try await group.next() }
        group.addTask {
          _ = try await approvals.approve(
            state.org, state.id, digest: state.digest, by: author, via: "bench")
        }
      }
      try await group.waitForAll()
    }
  }

  private static func seconds(
    _ clock: ContinuousClock, _ body: () async throws -> Void
  ) async throws -> Double {
    let taken = try await clock.measure(body)
    return Double(taken.components.seconds) + Double(taken.components.attoseconds) / 1e18
  }
}
