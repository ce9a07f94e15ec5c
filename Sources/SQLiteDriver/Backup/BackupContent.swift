import Foundation

/// What a backup says of itself.
public struct BackupManifest: Hashable, Sendable {
  /// RFC 3339.
  public var madeAt: String
  public var schemaVersion: Int
  public var blobs: Int
  public var blobBytes: Int64

  public init(madeAt: String, schemaVersion: Int, blobs: Int, blobBytes: Int64) {
    self.madeAt = madeAt
    self.schemaVersion = schemaVersion
    self.blobs = blobs
    self.blobBytes = blobBytes
  }
}

/// How far a backup or a restore is.
public struct BackupProgress: Hashable, Sendable {
  public enum Part: String, Hashable, Sendable { case database, attachments, checking }
  public var part: Part
  public var done: Int
  public var total: Int

  public init(_ part: Part, done: Int, total: Int) {
    self.part = part
    self.done = done
    self.total = total
  }
}

/// Why a backup cannot be made or used, safe to show: codes and what to do.
public struct BackupFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// `backup.exists`, `backup.not_written`, `backup.damaged`, `backup.not_a_backup`,
  /// `backup.newer`, `backup.blob_changed`, `restore.in_use`, `restore.not_moved`.
  public let code: String
  public let message: String
  public let remedy: String

  public init(_ code: String, _ message: String, remedy: String) {
    self.code = code
    self.message = message
    self.remedy = remedy
  }

  public var description: String { code }
}
