import ActionProtocol
import Foundation
import Glibc
import Spawning
import Testing

/// A running `aiom serve` on free ports.
struct ServingProcess: Sendable {
  let run: Binary.Run
  /// `http://127.0.0.1:PORT`
  let privateURL: String
  let publicURL: String

  struct DidNotStart: Error { let output: String }

  init(_ house: Installation, _ arguments: [String] = []) async throws {
    let ports = ["--listen", "127.0.0.1:0", "--public-listen", "127.0.0.1:0"]
    run = try Binary.start(["serve", "--json"] + ports + arguments, house.environment)
    let bytes = try await Self.announcement(run.output.fileHandleForReading)
    guard case .success(.object(let object)) = JSONReader.read(bytes),
      case .object(let places)? = object["listening"],
      case .string(let privateURL)? = places["private"],
      case .string(let publicURL)? = places["public"]
    else { throw DidNotStart(output: String(decoding: bytes, as: UTF8.self)) }
    self.privateURL = privateURL
    self.publicURL = publicURL
  }

  func signal(_ signal: Int32) { kill(run.process.processIdentifier, signal) }

  /// The status of an answer; nil when nobody listens.
  func status(
    _ method: String, _ url: String, _ fields: [String: String] = [:], body: String? = nil
  ) async -> Int? {
    await answer(method, url, fields, body: body)
      .split(separator: " ").dropFirst().first.flatMap { Int($0) }
  }

  /// A whole answer; empty when nobody listens.
  func answer(
    _ method: String, _ url: String, _ fields: [String: String] = [:], body: String? = nil
  ) async -> String {
    await Self.ask(method, url, fields, body: body)
  }

  /// The same of any server on this machine.
  static func ask(
    _ method: String, _ url: String, _ fields: [String: String] = [:], body: String? = nil
  ) async -> String {
    guard let parts = URL(string: url), let port = parts.port else { return "" }
    var lines = ["\(method) \(parts.path) HTTP/1.1", "Host: 127.0.0.1", "Connection: close"]
    lines += fields.map { "\($0.key): \($0.value)" }
    if let body { lines.append("Content-Length: \(body.utf8.count)") }
    let request = lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? "")
    return await offThread { exchange(port, request) }
  }

  /// The announcement ends with a closing brace at the beginning of a line.
  static func announcement(_ handle: FileHandle) async throws -> [UInt8] {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(
          with: Swift.Result {
            var bytes: [UInt8] = []
            while let data = try handle.read(upToCount: 1), !data.isEmpty {
              bytes += data
              if bytes.suffix(2) == Array("\n}".utf8) { break }
            }
            return bytes
          })
      }
    }
  }

  /// Dispatch's few threads also run Swift's tasks: none of them may block.
  private static func offThread<Value: Sendable>(
    _ body: @escaping @Sendable () -> Value
  ) async -> Value {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { continuation.resume(returning: body()) }
    }
  }

  /// Sends and reads to the end; empty when nobody listens.
  private static func exchange(_ port: Int, _ request: String) -> String {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
    }
    guard result == 0 else { return "" }
    _ = request.withCString { send(descriptor, $0, strlen($0), Int32(MSG_NOSIGNAL)) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
      bytes += buffer[..<count]
    }
  }
}
