import Foundation
import Testing

@testable import Web

/// Over real sockets. The short limits only decide how soon a test ends, not whether it passes.
@Suite("Connection limits") struct ConnectionLimitTests {
  private static let path = "/hooks/smtp2go/\(RecordingPorts.webhookToken)"
  private static let authorized = "Authorization: \(RecordingPorts.authorization)"

  @Test func `one byte too many is refused, the limit itself is taken`() async throws {
    let ports = RecordingPorts()
    try await RunningListener.run(.public, ports) { place in
      let largest = String(repeating: "x", count: RouteTable.webhookBytes)
      #expect(
        try await place.ask("POST \(Self.path)", [Self.authorized], body: largest).status == 200)
      let more = try await place.ask("POST \(Self.path)", [Self.authorized], body: largest + "x")
      #expect(more.status == 413)
      #expect(more.fields["connection"] == "close")
      #expect(more.body.contains("body_too_large"))
      #expect(ports.bodies.map(\.count) == [RouteTable.webhookBytes])
    }
  }

  @Test func `a body that only grows is cut when it is too large`() async throws {
    let ports = RecordingPorts()
    try await RunningListener.run(.public, ports) { place in
      let connection = try place.connect()
      connection.send(
        "POST \(Self.path) HTTP/1.1\r\nHost: t\r\n\(Self.authorized)\r\n"
          + "Transfer-Encoding: chunked\r\n\r\n")
      let chunk = "8000\r\n" + String(repeating: "x", count: 0x8000) + "\r\n"
      for _ in 1...9 { connection.send(chunk) }
      #expect(await connection.readAnswer().status == 413)
      #expect(ports.bodies == [])
    }
  }

  @Test func `a form takes little`() async throws {
    let ports = RecordingPorts()
    try await RunningListener.run(.public, ports) { place in
      let answer = try await place.ask(
        "POST /u/\(RecordingPorts.linkToken)",
        body: String(repeating: "x", count: RouteTable.formBytes + 1))
      #expect(answer.status == 413)
      #expect(ports.writes == [])
    }
  }

  @Test(arguments: [
    ["X-Long: " + String(repeating: "x", count: 20_000)],
    (1...70).map { "X-Field-\($0): 1" },
  ])
  func `too large a head is refused`(_ fields: [String]) async throws {
    try await RunningListener.run { place in
      let answer = try await place.ask("GET /nowhere", fields)
      #expect(answer.status == 431)
      #expect(answer.fields["content-type"] == "application/problem+json")
    }
  }

  @Test(arguments: [
    "nonsense\r\n\r\n", "GET /u/x HTTP/1.1\r\nHost t\r\n\r\n", "\u{16}\u{3}\u{1}\u{2}\r\n\r\n",
    "POST /u/x HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "POST /u/x HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
    "POST /u/x HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
  ])
  func `what is no HTTP is refused with a problem`(_ bytes: String) async throws {
    let ports = RecordingPorts()
    try await RunningListener.run(.public, ports) { place in
      let connection = try place.connect()
      connection.send(bytes)
      let text = await connection.readToEnd()
      #expect(text.hasPrefix("HTTP/1.1 400"))
      #expect(text.contains("application/problem+json"))
      #expect(ports.writes == [])
    }
  }

  @Test(arguments: ["", "GET /u/x HTTP/1.1\r\nHost: t\r\nX-A: "])
  func `a head that never ends does not hold the connection`(_ begun: String) async throws {
    var limits = WebLimits()
    limits.head = .milliseconds(150)
    limits.linger = .milliseconds(50)
    try await RunningListener.run(limits: limits) { place in
      let connection = try place.connect()
      connection.send(begun)
      let text = await connection.readToEnd()
      #expect(begun.isEmpty ? text.isEmpty : text.hasPrefix("HTTP/1.1 408"))
    }
  }

  @Test func `a body that drips does not hold the connection, and is not taken`() async throws {
    var limits = WebLimits()
    limits.body = .milliseconds(150)
    limits.linger = .milliseconds(50)
    let ports = RecordingPorts()
    try await RunningListener.run(.public, ports, limits: limits) { place in
      let connection = try place.connect()
      connection.send(
        "POST \(Self.path) HTTP/1.1\r\nHost: t\r\n\(Self.authorized)\r\n"
          + "Content-Length: 10\r\n\r\n{")
      #expect(await connection.readToEnd().hasPrefix("HTTP/1.1 408"))
      #expect(ports.bodies == [])
    }
  }

  @Test func `an idle connection is closed`() async throws {
    var limits = WebLimits()
    limits.idle = .milliseconds(100)
    try await RunningListener.run(limits: limits) { place in
      let connection = try place.connect()
      connection.send(RunningListener.Place.request("GET /nowhere"))
      #expect(await connection.readAnswer().status == 404)
      #expect(await connection.readToEnd().isEmpty)
    }
  }

  /// Half a body, by length and by chunks, ended by the client in either manner.
  @Test(arguments: [true, false], [true, false])
  func `half a body is never taken for a whole one`(
    _ isChunked: Bool, _ closesHalf: Bool
  ) async throws {
    let ports = RecordingPorts()
    try await RunningListener.run(.public, ports) { place in
      var connection: RawConnection? = try place.connect()
      let framing =
        isChunked
        ? "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n" : "Content-Length: 10\r\n\r\n{\"a\":"
      connection?.send(
        "POST \(Self.path) HTTP/1.1\r\nHost: t\r\n\(Self.authorized)\r\n\(framing)")
      if closesHalf {
        connection?.finishSending()
        #expect(await connection?.readToEnd().hasPrefix("HTTP/1.1 400") == true)
      }
      connection = nil
      // The listener's end waits for the request.
    }
    #expect(ports.bodies == [])
  }

  @Test func `one connection serves many requests, also sent at once`() async throws {
    let ports = RecordingPorts()
    try await RunningListener.run(.public, ports) { place in
      let connection = try place.connect()
      let one = RunningListener.Place.request(
        "POST \(Self.path)", [Self.authorized], body: "{}")
      for _ in 1...3 {
        connection.send(one)
        #expect(await connection.readAnswer().status == 200)
      }
      connection.send(one + one + one.replacing("Host: test", with: "Connection: close"))
      let text = await connection.readToEnd()
      #expect(text.components(separatedBy: "HTTP/1.1 200").count == 4)
      #expect(ports.bodies.count == 6)
    }
  }

  @Test(arguments: ["HTTP/1.0", "HTTP/1.1"])
  func `a client that wants no second request is let go`(_ version: String) async throws {
    try await RunningListener.run { place in
      let connection = try place.connect()
      let close = version == "HTTP/1.1" ? "Connection: close\r\n" : ""
      connection.send("GET /nowhere \(version)\r\nHost: t\r\n\(close)\r\n")
      let text = await connection.readToEnd()
      #expect(text.contains("404"))
      #expect(text.lowercased().contains("connection: close"))
    }
  }

  @Test func `a client that asks before it sends is told to go on`() async throws {
    let ports = RecordingPorts()
    try await RunningListener.run(.public, ports) { place in
      let connection = try place.connect()
      connection.send(
        "POST \(Self.path) HTTP/1.1\r\nHost: t\r\n\(Self.authorized)\r\nExpect: 100-continue\r\n"
          + "Content-Length: 2\r\n\r\n")
      #expect(await connection.readAnswer().status == 100)
      connection.send("{}")
      #expect(await connection.readAnswer().status == 200)
    }
  }

  @Test func `connections beyond the limit wait for their turn`() async throws {
    var limits = WebLimits()
    limits.connections = 2
    try await RunningListener.run(limits: limits) { place in
      var open: [RawConnection] = try (1...2).map { _ in try place.connect() }
      for connection in open {
        connection.send(RunningListener.Place.request("GET /nowhere"))
        #expect(await connection.readAnswer().status == 404)
      }
      let third = try place.connect()
      third.send(RunningListener.Place.request("GET /nowhere"))
      open.removeAll()
      #expect(await third.readAnswer().status == 404)
    }
  }
}
