import Foundation
import GRDB
import Glibc

/// Puts a backup back in the place of a database.
///
/// In two steps, so that whoever restores can bring the draft up to date and stop it before it gets
/// the database's name: ``prepare(_:progress:)`` and ``Draft/takePlace()``.
public struct BackupReader: Sendable {
  let database: String
  let blobs: String

  public init(database: String, blobs: String) {
    self.database = database
    self.blobs = blobs
  }

  /// Copies the backup beside the database and its attachments to theirs.
  /// - Parameter newest: the newest schema that this program knows.
  /// - Throws: ``BackupFault``; errors of the database.
  public func prepare(
    _ backup: String, knowing newest: Int, progress: @escaping @Sendable (BackupProgress) -> Void
  ) throws -> Draft {
    try refuseInUse()
    let draft = "\(database).\(getpid()).restoring"
    SQLiteFiles.remove(draft)
    do {
      let manifest = try fill(draft, from: backup, knowing: newest, progress)
      return Draft(path: draft, manifest: manifest, database: database)
    } catch {
      SQLiteFiles.remove(draft)
      throw (error as? DatabaseError).map(Self.unreadable) ?? error
    }
  }

  private func fill(
    _ draft: String, from backup: String, knowing newest: Int,
    _ progress: @escaping @Sendable (BackupProgress) -> Void
  ) throws -> BackupManifest {
    guard access(backup, R_OK) == 0 else { throw Self.notABackup }
    try SQLiteFiles.create(draft)
    let target = try DatabaseQueue(path: draft)
    try SQLiteFiles.copy(from: backup, to: target) { done, total in
      progress(BackupProgress(.database, done: done, total: total))
    }
    guard let manifest = try target.read({ try BackupTables.manifest($0) }) else {
      throw Self.notABackup
    }
    guard manifest.schemaVersion <= newest else {
      throw BackupFault(
        "backup.newer", "The backup was made by a newer aiom.", remedy: "Use that one.")
    }
    progress(BackupProgress(.checking, done: 0, total: 1))
    try SQLiteFiles.check(target)
    progress(BackupProgress(.checking, done: 1, total: 1))
    try extract(target, manifest.blobs, progress)
    try target.write { copy in
      try copy.execute(sql: "DROP TABLE backup_blobs; DROP TABLE backup_manifest")
    }
    try target.close()
    return manifest
  }

  /// Attachments that are there already stay: they are named by their content.
  private func extract(
    _ copy: DatabaseQueue, _ count: Int, _ progress: @escaping @Sendable (BackupProgress) -> Void
  ) throws {
    guard count > 0 else { return }
    try FileManager.default.createDirectory(
      atPath: blobs, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let names = try copy.read {
      try String.fetchAll($0, sql: "SELECT digest FROM backup_blobs ORDER BY digest")
    }
    for (index, name) in names.enumerated() {
      let content = try copy.read {
        try Data.fetchOne(
          $0, sql: "SELECT content FROM backup_blobs WHERE digest = ?", arguments: [name])
      }
      guard BlobName.isOne(name), let content, BlobName.of(content) == name else {
        throw BackupFault(
          "backup.damaged", "An attachment in the backup is damaged.",
          remedy: "Use an earlier backup.")
      }
      try put(content, name)
      progress(BackupProgress(.attachments, done: index + 1, total: names.count))
    }
  }

  private func put(_ content: Data, _ name: String) throws {
    let path = "\(blobs)/\(name)"
    if access(path, F_OK) == 0 { return }
    let draft = "\(path).\(getpid())"
    try SQLiteFiles.create(draft)
    do {
      try content.write(to: URL(fileURLWithPath: draft))
    } catch {
      unlink(draft)
      throw error
    }
    guard SQLiteFiles.sync(draft), rename(draft, path) == 0 else {
      throw BackupFault(
        "backup.not_written", "An attachment cannot be written to \(blobs).",
        remedy: "Check the folder, its permissions and the space there.")
    }
  }

  /// Nobody may work with the database whose place is taken.
  private func refuseInUse() throws {
    guard FlockLiveness.isAnyHeld(databasePath: database) else { return }
    throw BackupFault(
      "restore.in_use", "A process of AIOM is working with \(database).",
      remedy: "Stop every `aiom serve` on it, then restore.")
  }

  private static var notABackup: BackupFault {
    BackupFault(
      "backup.not_a_backup", "The file is no backup made by `aiom backup`.",
      remedy: "Name a file that `aiom backup` made. docs/operations/backup-and-restart.md says "
        + "what to do with other copies.")
  }

  private static func unreadable(_ error: DatabaseError) -> BackupFault {
    switch error.resultCode {
    case .SQLITE_NOTADB: notABackup
    case .SQLITE_CORRUPT:
      BackupFault(
        "backup.damaged", "The backup is damaged.", remedy: "Use an earlier backup.")
    default:
      BackupFault(
        "backup.not_written", "The backup cannot be read or copied (\(error.resultCode)).",
        remedy: "Check the disk, the folder and its permissions.")
    }
  }

  /// A restored database that has not its name yet.
  public struct Draft: Sendable {
    public let path: String
    public let manifest: BackupManifest
    let database: String

    /// Gives it the database's name. Nobody may have it open. The database that was there is kept.
    /// - Parameter suffix: of the name under which it is kept.
    /// - Returns: that name; nil where there was none.
    public func takePlace(keepingOldAs suffix: String) throws -> String? {
      try SQLiteFiles.settle(path)
      var kept: String?
      if access(database, F_OK) == 0 {
        let name = "\(database).\(suffix)"
        try SQLiteFiles.move(database, to: name)
        kept = name
      }
      guard SQLiteFiles.sync(path), rename(path, database) == 0, SQLiteFiles.sync(database)
      else {
        if let kept { try SQLiteFiles.move(kept, to: database) }
        throw BackupFault(
          "restore.not_moved", "The restored database cannot take its place.",
          remedy: "Check the folder and its permissions; nothing was restored.")
      }
      return kept
    }

    /// Removes what was prepared.
    public func discard() { SQLiteFiles.remove(path) }
  }
}
