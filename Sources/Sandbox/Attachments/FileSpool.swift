import Foundation
import Synchronization

/// The contents of files that came with messages, one file each, apart from the memory.
///
/// With a state file they lie beside it, in the folder `FILE.files`, and stay; otherwise they lie in
/// a private temporary folder that goes when the sandbox stops.
final class FileSpool: Sendable {
  private struct State {
    var folder: URL?
    var isTemporary = true
  }

  private let state = Mutex(State())

  /// Uses the folder that belongs to a state file, and removes from it what no message names.
  func open(besides path: String, keeping ids: Set<String>) throws {
    let folder = URL(filePath: path + ".files", directoryHint: .isDirectory)
    state.withLock { $0 = State(folder: folder, isTemporary: false) }
    let files = FileManager.default
    guard files.fileExists(atPath: folder.path) else { return }
    for name in try files.contentsOfDirectory(atPath: folder.path) where !ids.contains(name) {
      try files.removeItem(at: folder.appending(path: name))
    }
  }

  /// Removes a temporary folder with all that is in it.
  func close() {
    let state = state.withLock { state in
      defer { state = State() }
      return state
    }
    guard state.isTemporary, let folder = state.folder else { return }
    try? FileManager.default.removeItem(at: folder)
  }

  /// A new empty file.
  func create() throws -> (id: String, file: FileHandle) {
    let id = Identifiers.uuid()
    let path = try folder().appending(path: id).path
    let descriptor = path.withCString {
      Foundation.open($0, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    }
    guard descriptor >= 0 else { throw SandboxError("file_not_writable") }
    return (id, FileHandle(fileDescriptor: descriptor, closeOnDealloc: true))
  }

  /// Keeps bytes that are in memory already.
  func store(_ bytes: [UInt8]) throws -> String {
    let (id, file) = try create()
    try file.write(contentsOf: Data(bytes))
    return id
  }

  func remove(_ ids: some Sequence<String>) {
    guard let folder = state.withLock(\.folder) else { return }
    for id in ids { try? FileManager.default.removeItem(at: folder.appending(path: id)) }
  }

  /// Where a file lies; `nil` when it is gone.
  func path(of id: String) -> String? {
    guard let path = state.withLock(\.folder)?.appending(path: id).path,
      FileManager.default.fileExists(atPath: path)
    else { return nil }
    return path
  }

  /// The bytes of a file, mapped rather than read.
  func content(of id: String) -> Data? {
    path(of: id).flatMap { try? Data(contentsOf: URL(filePath: $0), options: .mappedIfSafe) }
  }

  private func folder() throws -> URL {
    try state.withLock { state in
      let folder =
        state.folder
        ?? FileManager.default.temporaryDirectory.appending(path: "sandbox-" + Identifiers.uuid())
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      state.folder = folder
      return folder
    }
  }
}
