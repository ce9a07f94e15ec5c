import ActionProtocol
import ArgumentParser
import Connectors
import Decisions
import Engine
import Insights
import Odoo
import Synchronization

struct OdooSyncCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "sync",
    abstract: "Take over what changed in Odoo, for analysis and cards.",
    discussion: Examples.after(
      """
      Customers, contacts, invoices, credit notes, payments without an invoice, deals with their
      stages, tasks, and that customers wrote. Only reads. Cut off, it goes on where it was. `aiom
      serve` and `aiom worker` do it every ten minutes (aiom job list). Checks in the moment of acting
      never rely on it: they read Odoo live.

      Exits 0 when everything was taken over, 1 when records were left out or a kind could not be
      read, 4 when a run of it is under way, 5 when Odoo did not answer.
      """,
      "aiom odoo sync", "aiom odoo sync --full --json"))

  @Flag(name: .long, help: "Read all records, not only what changed.")
  var full = false

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let house = try await Composition.open(global, console)
    let organisation = try await house.organisation()
    guard organisation.books.kind == .odoo else {
      throw Failure(
        .notConfigured, "sync.books_are_ledger",
        "The organisation's books are the embedded ledger; nothing is taken over from Odoo.",
        remedy: "Look at it with `aiom odoo check`, then: aiom org set --books odoo")
    }
    let progress = ProgressLine(quiet: console.isJSON)
    let result: Result<SyncReport, any Error>
    do {
      result = .success(try await run(house, organisation.id, progress))
    } catch {
      result = .failure(error)
    }
    progress.end()
    await house.odoo.shutdown()
    await house.channels.shutdown()
    let report: SyncReport
    do { report = try result.get() } catch let error as OdooError { throw Self.failure(error) }
    console.emit(.object(OdooSyncView.json(report)))
    console.show(OdooSyncView.rendered(report, style: console.style))
    if !report.isWhole { throw ExitCode.refused }
  }

  /// As a run of the job, so that never two of them are under way.
  private func run(
    _ house: House, _ org: OrgID, _ progress: ProgressLine
  ) async throws -> SyncReport {
    let process = ProcessLife(house.context)
    let syncer = Syncer(house.context, Syncer.Options(isFull: full))
    let outcome = Mutex<Result<SyncReport, any Error>?>(nil)
    let run = try await process.whileAlive {
      // What a dead process left is taken over first: its run may be in the way.
      try await Recovery(house.context).recover()
      return try await Jobs(house.context).run(
        org, .sync, process: process, by: house.author(.records, in: org), via: "cli"
      ) {
        do {
          let report = try await syncer.run(org) { progress.show(OdooSyncView.line($0)) }
          outcome.withLock { $0 = .success(report ?? SyncReport()) }
          return report?.json ?? [:]
        } catch {
          outcome.withLock { $0 = .failure(error) }
          throw error
        }
      }
    }
    guard let result = outcome.withLock({ $0 }) else {
      throw Failure(
        .unavailable, "sync.\(run.errorCode ?? run.state.rawValue)",
        "The run did not end in order.",
        remedy: "Run it again; it goes on where it was.")
    }
    return try result.get()
  }

  private static func failure(_ error: OdooError) -> Failure {
    Failure(
      .unavailable, "odoo.\(error.kind.rawValue)",
      "Odoo did not answer as it should (\(error.code)); what was read before is kept.",
      remedy: "`aiom odoo check` says more. Run it again; it goes on where it was.")
  }
}

extension SyncReport {
  /// Whether everything that was asked for was taken over. A module that is not installed has nothing.
  var isWhole: Bool {
    kinds.allSatisfy { kind in
      kind.leftOut.isEmpty && !kind.isGoneDoubtful
        && (kind.obstacle == nil || kind.obstacle == "odoo_model_unknown")
    }
  }
}
