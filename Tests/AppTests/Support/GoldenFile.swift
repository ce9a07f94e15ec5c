import Foundation
import Testing

/// Texts that are reviewed like code. `AIOM_UPDATE_GOLDEN=1` writes what is there now.
enum GoldenFile {
  static func expect(
    _ text: String, matches name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let path = folder.appending(path: name)
    if ProcessInfo.processInfo.environment["AIOM_UPDATE_GOLDEN"] == "1" {
      try FileManager.default.createDirectory(
        at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: path)
    }
    guard let stored = try? String(contentsOf: path, encoding: .utf8) else {
      Issue.record(
        "no golden file \(name); run with AIOM_UPDATE_GOLDEN=1 and review it",
        sourceLocation: sourceLocation)
      return
    }
    #expect(
      text == stored, "\(name) differs; review, then AIOM_UPDATE_GOLDEN=1",
      sourceLocation: sourceLocation)
  }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Golden")
}
