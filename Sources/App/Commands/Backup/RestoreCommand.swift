import ActionProtocol
import ArgumentParser
import Connectors
import Decisions
import Engine
import Foundation
import SQLiteDriver
import Store

struct RestoreCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Put a backup back. Afterwards everything is stopped until you resume.",
    discussion: Examples.after(
      """
      No process may be working with the database. The database that is there is kept beside it
      under another name. Attachments are put back where they are missing.

      A restored database does not know what went out since. It begins a new epoch in which
      everything is stopped; the provider's activity is searched for what went out, and `aiom
      resume` goes on. What was approved before and is not found there waits for a new approval.
      """,
      "aiom restore /var/backups/aiom-2026-11-22.backup", "aiom restore FILE --yes --json"))

  @Argument(help: "A file that `aiom backup` made.", completion: .file())
  var file: String

  @Flag(name: .long, help: "Do not ask.")
  var yes = false

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let settings = try Composition.settings(global, console)
    guard case .file(let database) = settings.place else {
      throw ServerBackup.refusal(of: "restore")
    }
    if FileManager.default.fileExists(atPath: database) { try await Self.mustKeep(settings) }
    try confirm(database, console)
    try Composition.makeFolder((database as NSString).deletingLastPathComponent)
    let reader = BackupReader(
      database: database, blobs: SettingsReader.join(settings.home, "blobs"))
    let line = ProgressLine(quiet: console.isJSON)
    let draft = try reader.prepare(BackupFile.path(file), knowing: Migrator.all.count) {
      let text = BackupFile.text($0)
      line.show(text)
    }
    line.end()
    let kept = try await Self.install(draft, database)
    let report = try await reconcile(settings, console)
    console.emit([
      "restored": .string(database), "made_at": .string(draft.manifest.madeAt),
      "attachments": .integer(Int64(draft.manifest.blobs)),
      "kept": kept.map { .string($0) } ?? .null, "restoration": RestorationView.json(report),
    ])
    console.say("Restored \(database) from the backup of \(draft.manifest.madeAt).")
    if let kept { console.say("The database that was there is \(kept).") }
    console.show(RestorationView.rendered(report))
    console.say("Everything is stopped. `aiom resume` reconciles once more and goes on.")
  }

  /// Asks the database that is there whether the caller may replace it. One that cannot be opened is
  /// what a backup is for.
  private static func mustKeep(_ settings: Settings) async throws {
    do {
      let house = try await Composition.open(settings)
      defer { try? house.database.close() }  // only looked at
      try await house.mustKeep(.settings)
    } catch let error as AccessError {
      throw error
    } catch {
      return
    }
  }

  private func confirm(_ database: String, _ console: Console) throws {
    guard !yes, FileManager.default.fileExists(atPath: database) else { return }
    guard console.canAsk else {
      throw Failure(
        .usage, "restore.not_confirmed", "There is a database at \(database).",
        remedy: "Add --yes to put the backup in its place; it is kept under another name.")
    }
    console.say("There is a database at \(database); it is kept under another name.")
    guard Prompt(console: console).confirm("Restore the backup in its place?") else {
      console.say("Nothing was restored.")
      throw ExitCode.refused
    }
  }

  /// Brings the draft up to date and stops it before it gets the database's name.
  private static func install(
    _ draft: BackupReader.Draft, _ database: String
  ) async throws -> String? {
    do {
      let opened = try SQLiteDatabase(path: draft.path, clock: SystemClock.now)
      let store = SQLStore(database: opened, entropy: .system)
      _ = try await store.migrate()
      var mark = try await store.write { try Restoration.begin($0, entropy: .system) }
      try opened.close()
      let stamp = SystemClock.now().rfc3339.replacing(":", with: "")
      let kept = try draft.takePlace(keepingOldAs: "before-restore-\(stamp)")
      // A start in between finds another epoch than is remembered, and stops as well.
      let memory = FileEpoch(databasePath: database)
      mark.file = memory.file
      try memory.begin(mark)
      return kept
    } catch {
      draft.discard()
      throw error
    }
  }

  /// A first look at the provider's activity; `aiom resume` looks again.
  private func reconcile(
    _ settings: Settings, _ console: Console
  ) async throws -> RestorationReport {
    let house = try await Composition.open(settings)
    let line = ProgressLine(quiet: console.isJSON)
    let result: Result<RestorationReport, any Error>
    do {
      result = .success(
        try await Restoration(house.context).reconcile(by: house.caller.author, via: "cli") {
          line.show(RestorationView.progress($0))
        })
    } catch {
      result = .failure(error)
    }
    line.end()
    await house.closeConnections()
    return try result.get()
  }
}
