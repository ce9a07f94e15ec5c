#if POSTGRES
  import Foundation
  import PostgresDriver
  import Spawning
  import Store

  /// A PostgreSQL of one test's own, by `scripts/postgres`, for what the shared one cannot show: TLS and
  /// passwords, crashes, a standby. Gone with the last reference.
  public final class TestCluster: Sendable {
    public enum Kind: String, Sendable, CaseIterable {
      /// On a socket, without a password.
      case plain = "start"
      /// On a port of this machine, with TLS and a password (SCRAM).
      case secure
      /// One that takes writes, and one that confirms each commit.
      case pair
    }

    public let folder: String
    public let url: String

    /// Whether `openssl` is there, without which there is no secure one; in CI its absence is a failure.
    public static let canBeSecure: Bool = {
      let environment = ProcessInfo.processInfo.environment
      let folders = (environment["PATH"] ?? "").split(separator: ":")
      let isFound = folders.contains {
        FileManager.default.isExecutableFile(atPath: "\($0)/openssl")
      }
      return TestPostgres.isWanted && (isFound || environment["CI"] == "true")
    }()

    public init(_ kind: Kind) throws {
      // Short, for the socket; and open to the server's own user.
      folder = NSTemporaryDirectory() + "aiom-pg-\(UUID().uuidString.prefix(8))"
      url = try Self.run(kind.rawValue, folder)
    }

    deinit { _ = try? Self.run("stop", folder) }

    /// Crashes the server that takes writes and lets its standby take its place.
    public func failOver() async throws {
      let folder = folder
      try await withCheckedThrowingContinuation { continuation in
        // Swift's few threads have other things to do than to wait for it.
        Thread.detachNewThread {
          continuation.resume(with: Result { _ = try Self.run("failover", folder) })
        }
      }
    }

    /// The address of a new, empty schema.
    public func schema() async throws -> String {
      let name = "t_" + UUID().uuidString.lowercased().replacing("-", with: "")
      let database = try PostgresDatabase(url: url, limits: TestPostgres.smallLimits)
      try await database.write { _ = try $0.execute("CREATE SCHEMA \(name)", []) }
      return "\(url)&options=-csearch_path%3D\(name)"
    }

    /// - Returns: what it printed.
    private static func run(_ arguments: String...) throws -> String {
      let program = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../scripts/postgres").standardized
      let answer = NSTemporaryDirectory() + "aiom-pg-answer-\(UUID().uuidString)"
      defer { try? FileManager.default.removeItem(atPath: answer) }  // only a temporary file
      _ = FileManager.default.createFile(atPath: answer, contents: nil)
      // Not through a pipe: a server that it starts would keep it open.
      let process = try ChildProcess(
        program.path, arguments, input: .nothing,
        output: .file(try FileHandle(forWritingTo: URL(filePath: answer))), errors: .nothing)
      let status = process.waitUntilExit()
      guard status == 0 else {
        throw StoreError(code: "io", detail: "scripts/postgres \(arguments[0]): \(status)")
      }
      return try String(contentsOfFile: answer, encoding: .utf8)
        .trimmingCharacters(in: .whitespacesAndNewlines)
    }
  }
#endif
