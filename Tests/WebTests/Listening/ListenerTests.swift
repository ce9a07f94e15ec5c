import Foundation
import ServiceLifecycle
import Testing

@testable import Web

@Suite("Listeners") struct ListenerTests {
  @Test(arguments: [
    ("127.0.0.1:0", nil, true), ("[::1]:0", nil, true), ("0.0.0.0:0", nil, false),
    ("[::]:0", nil, false), ("192.0.2.1:80", nil, false), ("0.0.0.0:0", "10.0.0.1", true),
  ])
  func `beyond this machine a listener needs a certificate or named proxies`(
    _ address: String, _ proxies: String?, _ isAllowed: Bool
  ) throws {
    let address = try #require(ListenAddress(address))
    let trusted = proxies.flatMap(TrustedProxies.init) ?? .none
    if isAllowed {
      #expect(throws: Never.self) {
        try Exposure(.public, at: address, certificate: nil, proxies: trusted)
      }
    } else {
      let fault = #expect(throws: ListenFault.self) {
        try Exposure(.public, at: address, certificate: nil, proxies: trusted)
      }
      #expect(fault?.code == "listen.unprotected")
      #expect(fault?.remedy.contains("--behind-proxy") == true)
    }
  }

  @Test func `behind a proxy on all addresses, strangers are turned away`() async throws {
    // From here the peer is 127.0.0.1, which is let in: so the proxy's own rule is asked directly.
    let exposure = try Exposure(
      .public, at: try #require(ListenAddress("0.0.0.0:0")), certificate: nil,
      proxies: try #require(TrustedProxies("10.0.0.0/8")))
    guard case .proxies = exposure.callers else {
      Issue.record("anyone may call a plain listener on all addresses")
      return
    }
    #expect(exposure.scheme == "http")
  }

  @Test func `a taken port is said in words, before anything else`() async throws {
    try await RunningListener.run { place in
      let address = try #require(ListenAddress("127.0.0.1:\(place.port)"))
      let ports = RecordingPorts()
      let second = WebListener(
        .private, try Exposure(.private, at: address, certificate: nil, proxies: .none),
        reading: ports.reading, writing: ports.writing, logger: LogSpy().logger)
      let fault = await #expect(throws: ListenFault.self) { try await second.run() }
      #expect(fault?.code == "listen.port_in_use")
      #expect(fault?.message.contains(address.description) == true)
      await #expect(throws: ListenFault.self) { try await second.listening() }
    }
  }

  @Test func `asked to stop, a listener answers what it has begun`() async throws {
    let ports = RecordingPorts()
    try await RunningListener.run(.public, ports) { place in
      let connection = try place.connect()
      connection.send(
        "POST /hooks/smtp2go/\(RecordingPorts.webhookToken) HTTP/1.1\r\nHost: t\r\n"
          + "Authorization: \(RecordingPorts.authorization)\r\nContent-Length: 2\r\n\r\n{")
      // Once the endpoint has been looked up, the request is under way.
      while ports.reads.isEmpty { await Task.yield() }
      await place.group.triggerGracefulShutdown()
      connection.send("}")
      #expect(await connection.readAnswer().status == 200)
      #expect(ports.bodies == [Array("{}".utf8)])
      #expect(await connection.readToEnd().isEmpty)
    }
  }
}
