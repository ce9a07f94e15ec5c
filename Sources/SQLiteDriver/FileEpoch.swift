import Engine
import Foundation
import Glibc
import Store

/// The memory of an installation outside its database: a small file.
///
/// Beside a SQLite file it also knows which file the database is, so that a copy of the whole folder
/// is told from the folder itself. Reading, raising and beginning are safe between processes: each
/// holds the file's lock meanwhile, never for longer than a few system calls.
public struct FileEpoch: EpochPort {
  public let isAlone: Bool
  private let path: String
  private let database: String?
  /// Where the memories of servers' databases are.
  private let folder: String?

  /// The memory beside a SQLite database, in `<path>.epoch`.
  public init(databasePath: String) {
    path = databasePath + ".epoch"
    database = databasePath
    folder = nil
    isAlone = true
  }

  /// The memory of this machine for a database on a server, which others may use as well.
  /// - Parameter name: by which it is found where the server does not say who it is.
  public init(folder: String, name: String) {
    path = folder + "/postgresql-\(name).epoch"
    self.folder = folder
    database = nil
    isAlone = false
  }

  public func of(_ server: ServerIdentity) -> any EpochPort {
    guard let folder else { return self }
    let name = server.database.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
    return FileEpoch(folder: folder, name: String(name))
  }

  /// The file's number in its file system: a copy has another one.
  public var file: String? {
    guard let database else { return nil }
    var status = stat()
    return stat(database, &status) == 0 ? String(status.st_ino) : nil
  }

  public func read() throws -> EpochMark? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0, errno == ENOENT { return nil }
    guard descriptor >= 0 else { throw Self.fault("cannot be read") }
    defer { close(descriptor) }
    return try Self.parse(descriptor)
  }

  public func begin(_ mark: EpochMark) throws {
    // A new file under the old name: whoever reads meanwhile sees the one or the other.
    let draft = "\(path).\(getpid())"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.fault("cannot be written") }
    defer { close(descriptor) }
    try Self.write(Self.text(mark), to: descriptor)
    guard fsync(descriptor) == 0, rename(draft, path) == 0 else {
      throw Self.fault("cannot be written")
    }
  }

  public func raise(_ epoch: String, to auditTotal: Int64) throws {
    let descriptor = open(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.fault("is missing") }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_EX) == 0 else { throw Self.fault("cannot be locked") }
    guard var mark = try Self.parse(descriptor), mark.epoch == epoch else {
      throw Self.fault("is of another epoch")
    }
    guard auditTotal > mark.auditTotal else { return }
    mark.auditTotal = auditTotal
    try Self.write(Self.text(mark), to: descriptor)
  }

  // MARK: - The file

  private static let title = "aiom-epoch 1"
  private static let width = 20

  /// Every mark of an epoch has the same length, so that one write replaces the other whole.
  private static func text(_ mark: EpochMark) -> String {
    let number = String(mark.auditTotal)
    let zeros = String(repeating: "0", count: max(0, width - number.utf8.count))
    return "\(title)\n\(mark.epoch)\n\(zeros)\(number)\n\(mark.file ?? "-")\n"
  }

  private static func parse(_ descriptor: Int32) throws -> EpochMark? {
    var buffer = [UInt8](repeating: 0, count: 512)
    let count = pread(descriptor, &buffer, buffer.count, 0)
    guard count >= 0 else { throw fault("cannot be read") }
    let lines = String(decoding: buffer[..<count], as: UTF8.self).split(separator: "\n")
    guard lines.count >= 4, lines[0] == title, let total = Int64(lines[2]) else {
      throw fault("is damaged")
    }
    return EpochMark(
      epoch: String(lines[1]), auditTotal: total,
      file: lines[3] == "-" ? nil : String(lines[3]))
  }

  private static func write(_ text: String, to descriptor: Int32) throws {
    let bytes = Array(text.utf8)
    guard pwrite(descriptor, bytes, bytes.count, 0) == bytes.count else {
      throw fault("cannot be written")
    }
  }

  private static func fault(_ problem: String) -> StoreError {
    StoreError(
      code: "epoch", detail: "the file that remembers the database's epoch \(problem)")
  }
}
