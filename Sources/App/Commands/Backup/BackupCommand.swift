import ActionProtocol
import ArgumentParser
import Decisions
import Foundation
import SQLiteDriver

struct BackupCommand: DatabaseCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Save database and attachments in one file, while everything runs.",
    discussion: Examples.after(
      """
      The file holds one moment of the database and every attachment, is checked, and can be read by
      you alone (mode 0600): it contains the records, addresses and texts of your customers. It
      contains no API key. `aiom restore` puts it back.

      On PostgreSQL use its own tools; the command says how.
      """,
      "aiom backup /var/backups/aiom-2026-11-22.backup", "aiom backup FILE --json"))

  @Argument(help: "The file to make. It must not exist.", completion: .file())
  var file: String

  @OptionGroup var global: GlobalOptions

  func perform(_ console: Console) async throws {
    let settings = try Composition.settings(global, console)
    guard case .file(let database) = settings.place else {
      throw ServerBackup.refusal(of: "backup")
    }
    // Refuses what is no database of this program.
    let house = try await Composition.open(settings)
    try await house.mustKeep(.settings)
    try house.database.close()
    let writer = BackupWriter(
      database: database, blobs: SettingsReader.join(settings.home, "blobs"))
    let path = BackupFile.path(file)
    let line = ProgressLine(quiet: console.isJSON)
    let manifest = try writer.write(to: path, at: SystemClock.now().rfc3339) {
      let text = BackupFile.text($0)
      line.show(text)
    }
    line.end()
    let bytes = BackupFile.size(path)
    console.emit(
      [
        "file": .string(path), "bytes": .integer(bytes),
        "made_at": .string(manifest.madeAt),
        "schema": .integer(Int64(manifest.schemaVersion)),
        "attachments": .integer(Int64(manifest.blobs)),
      ])
    console.say(
      "Saved to \(path): \(bytes / 1024) KiB, \(manifest.blobs) attachments, checked, mode 0600.")
  }
}

/// The files of the backup commands.
enum BackupFile {
  /// Seen from where the command was called.
  static func path(_ text: String) -> String {
    let directory = FileManager.default.currentDirectoryPath
    let environment = ProcessInfo.processInfo.environment
    return SettingsReader.expanded(text, directory: directory, environment: environment)
  }

  static func size(_ path: String) -> Int64 {
    // Only shown: a file that went away meanwhile counts as empty.
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return (attributes?[.size] as? NSNumber)?.int64Value ?? 0
  }

  static func text(_ progress: BackupProgress) -> String {
    switch progress.part {
    case .database: "database: \(progress.done) of \(progress.total) pages"
    case .attachments: "attachments: \(progress.done) of \(progress.total)"
    case .checking: "checking"
    }
  }
}

/// PostgreSQL has tools of its own.
enum ServerBackup {
  static func refusal(of command: String) -> Failure {
    let way =
      command == "backup"
      ? "pg_dump --format=custom --file=aiom.dump \"$DATABASE_URL\""
      : "pg_restore --clean --if-exists --dbname=\"$DATABASE_URL\" aiom.dump"
    return Failure(
      .refused, "\(command).postgresql",
      "`aiom \(command)` is for SQLite; the database is PostgreSQL.",
      remedy:
        "Run: \(way); attachments are in AIOM_HOME/blobs. A database that went back is stopped "
        + "at the next start, and `aiom resume` reconciles it.",
      details: ["command": .string(way)])
  }
}
