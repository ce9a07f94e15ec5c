import Foundation
import Testing

@testable import Resolving

@Suite struct TXTResolverTests {
  private static let name = "_dmarc.acme.example"

  private func answer(
    _ name: String = Self.name, _ script: @escaping LoopbackNameServer.Script
  ) async throws -> TXTResolver.Answer {
    let server = try LoopbackNameServer(script)
    defer { server.close() }
    return await server.resolver().answer(for: name)
  }

  @Test func `the real resolver asks for TXT of the whole name, and joins the strings`()
    async throws
  {
    let found = try await answer { question, _ in
      let asked = Reply.questionSection(question)
      guard asked == Reply.name(Self.name) + [0, 16, 0, 1] else { return nil }
      return Reply.answer(question, Reply.text("v=DMARC1; ", "p=none"), Reply.text("other"))
    }
    #expect(found == .records(["v=DMARC1; p=none", "other"]))
  }

  @Test(
    arguments: [(3, .absent), (2, .failed), (5, .failed), (4, .failed)]
      as [(UInt8, TXTResolver.Answer)])
  func `a name that does not exist is told from a server that fails`(
    _ code: UInt8, _ expected: TXTResolver.Answer
  ) async throws {
    #expect(try await answer { question, _ in Reply.header(question, code: code) } == expected)
  }

  @Test func `a name without such a record has none`() async throws {
    #expect(try await answer { question, _ in Reply.answer(question) } == .absent)
    let other = try await answer { question, _ in
      Reply.answer(question, Reply.text("v=DMARC1; p=none", owner: Reply.name("evil.example")))
    }
    #expect(other == .absent)
  }

  @Test func `an alias is followed, in any case`() async throws {
    let found = try await answer("_DMARC.Acme.example") { question, _ in
      Reply.answer(
        question, Reply.record(type: 5, Reply.name("Policy.Vendor.example")),
        Reply.text("v=DMARC1; p=reject", owner: Reply.name("policy.vendor.EXAMPLE")))
    }
    #expect(found == .records(["v=DMARC1; p=reject"]))
  }

  @Test func `aliases in a circle end`() async throws {
    let found = try await answer { question, _ in
      Reply.answer(question, Reply.record(type: 5, [0xC0, 12]))
    }
    #expect(found == .failed)
  }

  @Test func `a truncated answer is asked for again over TCP, up to the largest there is`()
    async throws
  {
    let long = String(repeating: "x", count: 250)
    let found = try await answer { question, isTCP in
      guard isTCP else { return Reply.header(question, isTruncated: true) }
      var reply = Reply.header(question, answers: 240)
      for _ in 0..<240 { reply += Reply.text(long) }
      return reply
    }
    #expect(found == .records(Array(repeating: long, count: 240)))
  }

  @Test func `a truncated answer without TCP is no answer`() async throws {
    #expect(
      try await answer { question, isTCP in
        isTCP ? nil : Reply.header(question, isTruncated: true)
      } == .failed)
  }

  @Test func `nobody there is no answer`() async throws {
    let server = try LoopbackNameServer { _, _ in nil }
    let silent = TXTResolver(
      timeoutSeconds: 1, attempts: 2, limitSeconds: 60,
      server: .init(address: "127.0.0.1", port: server.port))
    #expect(await silent.answer(for: Self.name) == .failed)
    #expect(server.questions == 2)
    server.close()
    let bad = TXTResolver(server: .init(address: "not an address", port: 53))
    #expect(await bad.answer(for: Self.name) == .failed)
  }

  @Test func `a server that hangs is given up after the limit`() async throws {
    let server = try LoopbackNameServer { _, _ in nil }
    defer { server.close() }
    let resolver = TXTResolver(
      timeoutSeconds: 20, attempts: 1, limitSeconds: 0.2,
      server: .init(address: "127.0.0.1", port: server.port))
    #expect(await resolver.answer(for: Self.name) == .failed)
  }

  @Test(arguments: ["", ".", "a..b", String(repeating: "a", count: 64) + ".example"])
  func `a name that is none is not answered`(_ name: String) async throws {
    let found = try await answer(name) { question, _ in Reply.header(question, code: 3) }
    #expect(found != .records([]))
  }
}
