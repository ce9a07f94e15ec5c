import Foundation
import GRDB
import Glibc

/// SQLite files as files: copied, checked and moved whole.
enum SQLiteFiles {
  /// What SQLite keeps beside a file.
  static let companions = ["-wal", "-shm", "-journal"]

  /// An empty file for its owner alone.
  static func create(_ path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw BackupFault(
        "backup.not_written", "Nothing can be written beside \(path).",
        remedy: "Check the folder and its permissions.")
    }
    close(descriptor)
  }

  /// Copies one moment of a database, page by page, while others use it.
  ///
  /// The read transaction keeps that moment: what is committed meanwhile neither enters the copy nor
  /// makes it begin again.
  static func copy(
    from source: String, to target: DatabaseQueue, progress: @escaping (Int, Int) -> Void
  ) throws {
    var configuration = Configuration()
    configuration.busyMode = .timeout(30)
    let queue = try DatabaseQueue(path: source, configuration: configuration)
    try queue.read { database in
      _ = try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM sqlite_master")
      try target.inDatabase { copy in
        try database.backup(to: copy, pagesPerStep: BackupWriter.pagesPerStep) { step in
          progress(step.totalPageCount - step.remainingPageCount, step.totalPageCount)
        }
      }
    }
    try queue.close()
  }

  /// - Throws: ``BackupFault`` `backup.damaged`.
  static func check(_ queue: DatabaseQueue) throws {
    let words = try queue.read { try String.fetchAll($0, sql: "PRAGMA integrity_check(5)") }
    let orphans = try queue.read {
      try Row.fetchAll($0, sql: "PRAGMA foreign_key_check").count
    }
    guard words == ["ok"], orphans == 0 else {
      throw BackupFault(
        "backup.damaged", "The database is damaged: its own check finds errors.",
        remedy: "Use an earlier backup.")
    }
  }

  /// Brings everything that stands in a database's log into its file, so that the file alone is the
  /// whole of it. Closing is not enough: a connection that only reads and closes last leaves the log.
  /// - Throws: errors of the database, also where somebody else has it open.
  static func settle(_ path: String) throws {
    var configuration = Configuration()
    configuration.busyMode = .timeout(5)
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    let mode = try queue.inDatabase { try String.fetchOne($0, sql: "PRAGMA journal_mode = DELETE") }
    try queue.close()
    guard mode == "delete", access(path + "-wal", F_OK) != 0 else {
      throw BackupFault(
        "restore.not_moved", "The restored database is still open.",
        remedy: "Try again; nothing was restored.")
    }
  }

  static func remove(_ path: String) {
    for name in [path] + companions.map({ path + $0 }) { unlink(name) }
  }

  /// Writes a file and its folder's entry to the disk.
  static func sync(_ path: String) -> Bool {
    let folder = (path as NSString).deletingLastPathComponent
    return [path, folder.isEmpty ? "." : folder].allSatisfy { name in
      let descriptor = open(name, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else { return false }
      defer { close(descriptor) }
      return fsync(descriptor) == 0
    }
  }

  /// Moves a database with all that belongs to it.
  static func move(_ path: String, to other: String) throws {
    for companion in companions + [""] where access(path + companion, F_OK) == 0 {
      guard rename(path + companion, other + companion) == 0 else {
        throw BackupFault(
          "restore.not_moved", "The database at \(path) cannot be moved aside.",
          remedy: "Check the folder and its permissions; nothing was restored.")
      }
    }
  }
}
