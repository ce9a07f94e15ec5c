import Foundation
import GRDB
import Glibc

/// Makes a backup of a database in use: one file, itself a SQLite database, that holds one moment of
/// the database and every attachment.
///
/// Others go on reading and writing meanwhile. The file is complete, checked and synced before it gets
/// its name, and readable for its owner alone.
public struct BackupWriter: Sendable {
  static let pagesPerStep: CInt = 256

  let database: String
  let blobs: String

  /// - Parameters:
  ///   - database: the SQLite file.
  ///   - blobs: the directory of attachments; need not exist.
  public init(database: String, blobs: String) {
    self.database = database
    self.blobs = blobs
  }

  /// - Throws: ``BackupFault``; errors of the database. Nothing stays behind then.
  public func write(
    to path: String, at now: String, progress: @escaping @Sendable (BackupProgress) -> Void
  ) throws -> BackupManifest {
    guard access(path, F_OK) != 0 else {
      throw BackupFault(
        "backup.exists", "There is a file at \(path) already.",
        remedy: "Name another one; a backup is never overwritten.")
    }
    let draft = "\(path).\(getpid()).draft"
    defer { SQLiteFiles.remove(draft) }
    try SQLiteFiles.create(draft)
    let manifest = try fill(draft, now, progress)
    guard SQLiteFiles.sync(draft), rename(draft, path) == 0 else {
      throw BackupFault(
        "backup.not_written", "The backup cannot be written to \(path).",
        remedy: "Check the folder, its permissions and the space there.")
    }
    return manifest
  }

  private func fill(
    _ draft: String, _ now: String, _ progress: @escaping @Sendable (BackupProgress) -> Void
  ) throws -> BackupManifest {
    let target = try DatabaseQueue(path: draft)
    try SQLiteFiles.copy(from: database, to: target) { done, total in
      progress(BackupProgress(.database, done: done, total: total))
    }
    try target.inDatabase { copy in
      // A backup is one file, without a log beside it.
      try copy.execute(sql: "PRAGMA journal_mode = DELETE")
    }
    let manifest = try target.write { copy in
      try copy.execute(sql: BackupTables.create)
      let counted = try attach(to: copy, progress)
      let version =
        try Int.fetchOne(copy, sql: "SELECT MAX(number) FROM schema_migrations") ?? 0
      let manifest = BackupManifest(
        madeAt: now, schemaVersion: version, blobs: counted.count, blobBytes: counted.bytes)
      try BackupTables.save(manifest, copy)
      return manifest
    }
    progress(BackupProgress(.checking, done: 0, total: 1))
    try SQLiteFiles.check(target)
    try target.close()
    progress(BackupProgress(.checking, done: 1, total: 1))
    return manifest
  }

  /// Attachments are only ever added, so that those which the database knows are all there.
  private func attach(
    to copy: Database, _ progress: @escaping @Sendable (BackupProgress) -> Void
  ) throws -> (count: Int, bytes: Int64) {
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: blobs)) ?? [])
      .filter(BlobName.isOne).sorted()
    var bytes: Int64 = 0
    for (index, name) in names.enumerated() {
      guard let data = FileManager.default.contents(atPath: "\(blobs)/\(name)") else { continue }
      guard BlobName.of(data) == name else {
        throw BackupFault(
          "backup.blob_changed", "The attachment \(name.prefix(12))… is not what it was.",
          remedy: "Look at the disk, and at the blobs of an earlier backup.")
      }
      try copy.execute(
        sql: "INSERT INTO backup_blobs (digest, content) VALUES (?, ?)", arguments: [name, data])
      bytes += Int64(data.count)
      progress(BackupProgress(.attachments, done: index + 1, total: names.count))
    }
    return (names.count, bytes)
  }
}
