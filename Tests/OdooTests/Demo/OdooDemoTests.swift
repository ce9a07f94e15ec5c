import Foundation
import Spawning
import Testing

@testable import Odoo

/// `aiom demo --odoo`, as a user runs it.
@Suite struct OdooDemoTests {
  /// What the table must say, line by line.
  private static let checks = [
    "synced", "reminded", "noted", "paid", "project", "waited", "went", "cleared",
  ]

  @Test func `the main job on a small Odoo, and nothing is left there`() async throws {
    let odoo = try await MiniOdoo.company()
    let output: Output
    do {
      output = try await Self.demo(odoo.url, key: "0123456789abcdef", login: "bot@acme.example")
    } catch {
      try await odoo.stop()
      throw error
    }
    try await odoo.stop()
    try Self.check(output)
    #expect(odoo.all("account.move").isEmpty)
    #expect(odoo.all("account.payment").isEmpty)
    #expect(odoo.all("project.project").isEmpty)
    #expect(odoo.all("res.partner").isEmpty)
    // The one reminder left one note, and the task was never made.
    #expect(odoo.writes.filter { $0 == "account.move.message_post" }.count == 1)
    #expect(odoo.all("project.task").isEmpty)
  }

  @Test func `an Odoo beyond this machine, and ODOO_API_KEY, are refused`() async throws {
    let far = try await Self.run(["demo", "--yes", "--odoo", "https://acme.odoo.example"])
    #expect(far.status == 3)
    #expect(far.errors.contains("on this machine"))
    let own = try await Self.run([
      "demo", "--yes", "--odoo", "http://127.0.0.1:1", "--odoo-key", "env:ODOO_API_KEY",
    ])
    #expect(own.status == 2)
    #expect(own.errors.contains("reads no ODOO_*"))
  }

  @Test(.enabled(if: RealServer.isThere && RealServer.key != nil))
  func `the main job on a real server`() async throws {
    let output = try await Self.demo(
      RealServer.url, key: RealServer.key ?? "", login: RealServer.bot.login ?? "",
      database: RealServer.database)
    try Self.check(output)
  }

  // MARK: - Running

  private struct Output {
    let status: Int32
    let text: String
    let errors: String
  }

  private static func check(_ output: Output) throws {
    #expect(output.status == 0, "\(output.errors)\n\(output.text)")
    let summary = try #require(
      try JSONSerialization.jsonObject(with: Data(output.text.utf8)) as? [String: Any])
    let rows = try #require(summary["checks"] as? [[String: Any]], "\(output.text)")
    #expect(rows.compactMap { $0["id"] as? String } == checks)
    for row in rows { #expect(row["ok"] as? Bool == true, "\(row)") }
    #expect(summary["messages_received"] as? Int == 2)
  }

  private static func demo(
    _ url: String, key: String, login: String, database: String = "acme"
  ) async throws -> Output {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "aiom-odoo-demo-\(UUID().uuidString)")
    try Data(key.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try await run([
      "demo", "--yes", "--json", "--odoo", url, "--odoo-db", database, "--odoo-user", login,
      "--odoo-key", "file:\(file.path)",
    ])
  }

  private static func run(_ arguments: [String]) async throws -> Output {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "aiom-odoo-demo-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (out, err) = (folder.appending(path: "out"), folder.appending(path: "err"))
    for file in [out, err] { try Data().write(to: file) }
    let process = try ChildProcess(
      program().path, arguments, environment: ["PATH": "/usr/bin:/bin", "HOME": folder.path],
      directory: folder.path, input: .nothing, output: .file(try FileHandle(forWritingTo: out)),
      errors: .file(try FileHandle(forWritingTo: err)))
    let status = await process.exit()
    return Output(
      status: status, text: try String(contentsOf: out, encoding: .utf8),
      errors: try String(contentsOf: err, encoding: .utf8))
  }

  private static func program() throws -> URL {
    if let given = ProcessInfo.processInfo.environment["AIOM_BINARY"] {
      return URL(filePath: given)
    }
    let bundle = try #require(Bundle.main.executableURL).deletingLastPathComponent()
    return try #require(
      ["aiom", "App"].map { bundle.appending(path: $0) }
        .first { FileManager.default.isExecutableFile(atPath: $0.path) })
  }
}
