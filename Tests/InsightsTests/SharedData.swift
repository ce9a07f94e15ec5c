import ActionProtocol
import Foundation

/// Data that lies beside the repository and is never part of it.
enum SharedData {
  /// Present, or required because this is the continuous integration.
  static var isWanted: Bool {
    FileManager.default.fileExists(atPath: directory.path) || environment["CI"] == "true"
  }

  /// The rows of a plain file without quotes, by the header's names.
  static func rows(_ file: String) throws -> [[String: String]] {
    let text = try String(contentsOf: directory.appendingPathComponent(file), encoding: .utf8)
    let lines = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let header = lines.first ?? []
    return lines.dropFirst().map {
      Dictionary(zip(header, $0), uniquingKeysWith: { first, _ in first })
    }
  }

  static func date(_ row: [String: String], _ column: String) -> LocalDate? {
    row[column].flatMap { LocalDate(iso: $0) }
  }

  private static var environment: [String: String] { ProcessInfo.processInfo.environment }

  private static var directory: URL {
    let shared =
      environment["AIOM_SHARED"].map { URL(fileURLWithPath: $0) }
      ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared")
    return shared.appendingPathComponent("data")
  }
}
