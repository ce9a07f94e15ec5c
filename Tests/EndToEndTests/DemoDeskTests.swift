import ActionProtocol
import Foundation
import Glibc
import Spawning
import Testing

/// `aiom demo` as whoever opens it in a browser meets it.
@Suite struct DemoDeskTests {
  /// A running demo on a free port.
  private struct Demo {
    let run: Binary.Run
    let address: String
    let home: String
    let outbox: String

    init() async throws {
      run = try Binary.start(["demo", "--json", "--listen", "127.0.0.1:0"], [:])
      let bytes = try await ServingProcess.announcement(run.output.fileHandleForReading)
      guard case .success(.object(let object)) = JSONReader.read(bytes),
        case .string(let address)? = object["address"], case .string(let home)? = object["private"],
        case .string(let outbox)? = object["outbox"]
      else { throw ServingProcess.DidNotStart(output: String(decoding: bytes, as: UTF8.self)) }
      (self.address, self.home, self.outbox) = (address, home, outbox)
    }

    /// The place of entering, asked for by the address of numbers.
    var entrance: String { home + "/enter/" + (address.split(separator: "/").last ?? "") }

    func ask(
      _ method: String, _ path: String, cookie: String? = nil, body: String? = nil
    ) async -> String {
      var fields = ["Accept": "text/html", "Sec-Fetch-Site": "same-origin"]
      fields["Cookie"] = cookie
      return await ServingProcess.ask(
        method, path.hasPrefix("http") ? path : home + path, fields, body: body)
    }
  }

  private static func field(_ name: String, _ answer: String) -> String? {
    answer.split(separator: "\r\n").first { $0.lowercased().hasPrefix(name + ":") }
      .map { $0.dropFirst(name.count + 1).drop { $0 == " " }.description }
  }

  @Test func `one opens the address, comes in by one button, approves, and finds the mail`()
    async throws
  {
    let demo = try await Demo()
    #expect(demo.address.hasPrefix("http://localhost:"))
    // Looking is not coming in.
    let page = await demo.ask("GET", demo.entrance)
    #expect(page.hasPrefix("HTTP/1.1 200") && page.contains("made-up company"))
    #expect(Self.field("set-cookie", page) == nil)
    #expect(await demo.ask("GET", "/enter/wrong").hasPrefix("HTTP/1.1 404"))
    #expect(await demo.ask("POST", "/enter/wrong", body: "").hasPrefix("HTTP/1.1 404"))
    let outside = await demo.ask("GET", "/inbox")
    #expect(!outside.contains("acmecorp") && outside.contains("login"))
    let entered = await demo.ask("POST", demo.entrance, body: "")
    #expect(entered.hasPrefix("HTTP/1.1 303"))
    let cookie = try #require(
      Self.field("set-cookie", entered)?.split(separator: ";").first.map(String.init))
    let inbox = await demo.ask("GET", "/inbox", cookie: cookie)
    #expect(inbox.contains("billing@acmecorp.com") && inbox.contains("Sandbox:"))
    #expect(inbox.contains("href=\"\(demo.outbox)\""))
    let path = try #require(
      inbox.firstMatch(of: /href="(\/actions\/[^"]+)">Will email billing@acmecorp\.com</)?.1)
    let card = await demo.ask("GET", String(path), cookie: cookie)
    let digest = try #require(card.firstMatch(of: /name="digest" value="([0-9a-f]{64})"/)?.1)
    let token = try #require(card.firstMatch(of: /name="form_token" value="([^"]+)"/)?.1)
    let approved = await demo.ask(
      "POST", "\(path)/approve", cookie: cookie, body: "digest=\(digest)&form_token=\(token)")
    #expect(approved.hasPrefix("HTTP/1.1 303"))
    let released = await demo.ask(
      "POST", "\(path)/send-now", cookie: cookie, body: "digest=\(digest)&form_token=\(token)")
    #expect(released.hasPrefix("HTTP/1.1 303"))
    try await eventually("the mail") {
      await ServingProcess.ask("GET", demo.outbox).contains("INV-2024-001")
    }
    kill(demo.run.process.processIdentifier, SIGINT)
    #expect(try await demo.run.end().status == 0)
  }

  @Test func `its pages stay on this machine`() async throws {
    let run = try Binary.start(["demo", "--json", "--listen", "0.0.0.0:0"], [:])
    let end = try await run.end()
    #expect(end.status == 2 && end.output.contains("--listen"))
  }
}
