import ActionProtocol
import Foundation
import GRDB

/// The two tables that a backup has beside those of the database.
enum BackupTables {
  static let create = """
    CREATE TABLE backup_manifest (
      made_at TEXT NOT NULL,
      schema_version BIGINT NOT NULL,
      blobs BIGINT NOT NULL,
      blob_bytes BIGINT NOT NULL
    );
    CREATE TABLE backup_blobs (
      digest TEXT NOT NULL PRIMARY KEY CHECK (length(digest) = 64),
      content BLOB NOT NULL
    );
    """

  static func save(_ manifest: BackupManifest, _ database: Database) throws {
    try database.execute(
      sql: """
        INSERT INTO backup_manifest (made_at, schema_version, blobs, blob_bytes)
        VALUES (?, ?, ?, ?)
        """,
      arguments: [
        manifest.madeAt, manifest.schemaVersion, manifest.blobs, manifest.blobBytes,
      ])
  }

  static func manifest(_ database: Database) throws -> BackupManifest? {
    guard try database.tableExists("backup_manifest"),
      let row = try Row.fetchOne(database, sql: "SELECT * FROM backup_manifest")
    else { return nil }
    return BackupManifest(
      madeAt: row["made_at"], schemaVersion: row["schema_version"], blobs: row["blobs"],
      blobBytes: row["blob_bytes"])
  }
}

/// The names of attachments: the SHA-256 of their content in small letters.
enum BlobName {
  static func isOne(_ name: String) -> Bool {
    name.utf8.count == 64
      && name.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  static func of(_ content: Data) -> String { Digest.sha256([UInt8](content)).hex }
}
