import Foundation
import Testing

@testable import Odoo

/// Servers that mean harm, or are broken in the same ways.
@Suite struct HostileTests {
  @Test func `an answer without end is refused at the limit`() async throws {
    // The head promises nothing, so that only counting helps.
    let piece = String(repeating: "x", count: 64 * 1024)
    let chunk = "10000\r\n\(piece)\r\n"
    let flood =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
      + String(repeating: chunk, count: 800)
    let server = OdooDouble { _, _ in .raw(flood) }
    let before = Memory.residentBytes
    let error = try await Fixture.run(
      server.start(), change: { $0.answerLimit = 1024 * 1024 }
    ) { client in
      await #expect(throws: OdooError.self) {
        try await client.searchRead(Search("x.thing", fields: ["name"]))
      }
    }
    #expect(error?.kind == .answerTooLarge)
    #expect(error?.retry == .never)
    // The double's own 50 MB and its copies in the socket are ours too; the client's part is a megabyte.
    #expect(Memory.residentBytes - before < 400 * 1024 * 1024)
  }

  @Test func `slow bytes end at the deadline`() async throws {
    let server = OdooDouble { _, _ in
      .raw("HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n{\"jsonrpc\":")
    }
    let error = try await Fixture.run(
      server.start(), change: { ($0.readDeadline, $0.attempts) = (.seconds(5), 1) }
    ) { client in
      _ = try await client.server()
      return await #expect(throws: OdooError.self) {
        try await client.searchRead(Search("x.thing", fields: ["name"]))
      }
    }
    #expect(error?.kind == .deadline)
  }

  @Test func `deep nesting is no crash`() async throws {
    let deep = String(repeating: "[", count: 500_000)
    let server = OdooDouble { call, _ in call.result(deep) }
    let error = try await Fixture.run(server.start()) { client in
      await #expect(throws: OdooError.self) {
        try await client.searchRead(Search("x.thing", fields: ["name"]))
      }
    }
    #expect(error?.kind == .answerUnreadable)
  }

  @Test func `a redirect is not followed`() async throws {
    let other = try await LoopbackServer { _ in .answer(200, "{}") }
    let target = other.baseURL
    let server = try await LoopbackServer { _ in
      .raw("HTTP/1.1 307 X\r\nLocation: \(target)/jsonrpc\r\nContent-Length: 0\r\n\r\n")
    }
    let error = try await Fixture.run(server) { client in
      await #expect(throws: OdooError.self) { try await client.server() }
    }
    #expect(error?.kind == .notOdoo)
    #expect(other.connections == 0)
    try await other.stop()
  }

  @Test func `fields that are no fields are refused`() async throws {
    for fields in ["[]", "true", #"{"name":7}"#, #"{"name":{}}"#, #"{"name":{"type":3}}"#] {
      let server = try await LoopbackServer { request in
        let body = JSONReader.read(request.body)
        let id = body?["id"]?.integer ?? 0
        if request.line.contains("version_info") {
          return .answer(
            200, #"{"jsonrpc":"2.0","id":null,"result":{"server_version_info":[19,0]}}"#)
        }
        let isLogin = body?["params"]?["service"] == "common"
        return .answer(200, Fixture.rpc(isLogin ? "7" : fields, id: id))
      }
      let error = try await Fixture.run(server) { client in
        await #expect(throws: OdooError.self) { try await client.fields(of: "x.thing") }
      }
      #expect(error?.kind == .answerUnexpected)
    }
  }

  @Test func `a cancelled read ends at once and says so`() async throws {
    let server = OdooDouble { _, _ in .hang }
    try await Fixture.run(server.start()) { client in
      _ = try await client.server()
      let task = Task {
        await #expect(throws: OdooError.self) {
          try await client.searchCount("x.thing", where: .all)
        }
      }
      while server.received.isEmpty { await Task.yield() }
      task.cancel()
      #expect(await task.value?.kind == .cancelled)
    }
  }
}

enum Memory {
  /// What the process holds, from `/proc`; 0 where there is none.
  static var residentBytes: Int {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else {
      return 0
    }
    return (text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 4096
  }
}
