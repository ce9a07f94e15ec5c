import Foundation
import NIOCore

/// The files of one request, on disk since they arrived.
final class RequestFiles {
  /// One base64 text of the body.
  struct File {
    /// `nil` while nothing was decoded.
    var id: String?
    var size: Int
    var isValid: Bool
  }

  private let spool: FileSpool
  private(set) var files: [File] = []
  private var isKept = false

  init(spool: FileSpool) {
    self.spool = spool
  }

  func add(_ file: File) {
    files.append(file)
  }

  /// What stands in the body in place of a file's text.
  static func token(_ index: Int) -> String { "spooled:\(index)" }

  /// The file behind a token; `nil` for a text that is none.
  func file(_ token: String) -> File? {
    guard token.hasPrefix("spooled:"), let index = Int(token.dropFirst("spooled:".count)),
      files.indices.contains(index)
    else { return nil }
    return files[index]
  }

  func content(of file: File) -> Data? {
    file.id.flatMap(spool.content(of:))
  }

  func store(_ bytes: [UInt8]) throws -> String {
    let id = try spool.store(bytes)
    files.append(File(id: id, size: bytes.count, isValid: true))
    return id
  }

  /// The message that names them was accepted.
  func keep() {
    isKept = true
  }

  /// Removes them, unless they were kept.
  func discard() {
    guard !isKept else { return }
    spool.remove(files.compactMap(\.id))
    files = []
  }
}
