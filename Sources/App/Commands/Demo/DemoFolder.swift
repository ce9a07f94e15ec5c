import Foundation

/// Where a demo lives: a temporary directory, or one that is kept.
struct DemoFolder: Sendable {
  let path: String
  let isKept: Bool

  init(keep: String?) throws {
    let files = FileManager.default
    if let keep {
      path = SettingsReader.expanded(
        keep, directory: files.currentDirectoryPath,
        environment: ProcessInfo.processInfo.environment)
      isKept = true
      guard !files.fileExists(atPath: path) else {
        throw Failure(
          .refused, "demo.directory_exists", "\(keep) exists already.",
          remedy: "Name a new directory with --keep, or remove it.")
      }
    } else {
      path = SettingsReader.join(
        files.temporaryDirectory.path, "aiom-demo-\(UUID().uuidString.lowercased())")
      isKept = false
    }
    do {
      try files.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw Failure(
        .unavailable, "demo.directory", "The directory \(path) cannot be made.",
        remedy: "Name another with --keep.")
    }
  }

  /// The file in which the sandbox keeps what arrives; none where nothing is kept.
  var outbox: String? { isKept ? SettingsReader.join(path, "outbox.jsonl") : nil }

  /// Removes everything, unless it is to be kept.
  func remove() {
    if !isKept { try? FileManager.default.removeItem(atPath: path) }
  }
}
