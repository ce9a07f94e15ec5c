import ActionProtocol
import Addressing
import Connectors
import Engine
import Insights
import Logging

/// One run of the pipeline benchmark on an installation of its own.
struct PipelineBench {
  struct Result {
    var completed = 0
    var proposing = 0.0
    var approving = 0.0
    var executing = 0.0
    var cpu = 0.0
    var peakMegabytes: Int64 = 0
  }

  private let house: House
  private let organisation: Organisation
  private let folder: DemoFolder
  private let url: String
  private let workers: Int

  init(folder: DemoFolder, providerURL: String, workers: Int) async throws {
    let settings = try BenchExecution.settings(
      home: folder.path, url: providerURL, workers: workers)
    house = try await Composition.create(settings, level: .error)
    self.folder = folder
    self.url = providerURL
    self.workers = workers
    let form = OrganisationForm.alwaysOpen(
      id: "bench", name: "Bench", legalName: "Bench Ltd", address: "1 Loop Back",
      sender: "Bench <billing@bench.example>", undoSeconds: 0)
    organisation = try form.organisation(at: SystemClock.now()).get()
    try await OrganisationWriter(store: house.store, author: house.author, via: "bench")
      .create(organisation)
  }

  func run(actions: Int, _ note: (String) -> Void) async throws -> Result {
    var result = Result()
    try await importBooks(actions)
    note("imported \(actions) overdue invoices")
    let clock = ContinuousClock()
    var approved: [ActionState] = []
    result.proposing = try await Self.seconds(clock) {
      approved = try await Analyst(house.context).analyze(
        organisation.id, asOf: nil, dryRun: false, by: house.author, via: "bench"
      ).outcomes.compactMap(\.state)
    }
    note("proposed \(approved.count)")
    let states = approved
    result.approving = try await Self.seconds(clock) { try await approve(states) }
    await house.channels.shutdown()
    let executed = try BenchExecution.inChild(home: folder.path, url: url, workers: workers)
    result.completed = executed.completed
    result.executing = executed.seconds
    result.cpu = executed.cpu
    result.peakMegabytes = executed.peakMegabytes
    return result
  }

  private func importBooks(_ count: Int) async throws {
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
    let author = house.author
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
