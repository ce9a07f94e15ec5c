import Testing

@testable import Web

@Suite("Host names") struct HostNameTests {
  private func exposure(_ address: String, _ names: String? = nil) throws -> Exposure {
    try Exposure(
      .private, at: try #require(ListenAddress(address)), certificate: nil,
      proxies: try #require(TrustedProxies("10.0.0.2")),
      names: try names.map { try #require(HostNames($0)) } ?? .none)
  }

  @Test(arguments: [
    "localhost", "LOCALHOST", "localhost.", "localhost:8080", "127.0.0.1", "127.0.0.1:80",
    "127.9.9.9", "[::1]", "[::1]:8080", "aiom.internal", "AIOM.internal:443", "aiom",
  ])
  func `names of this machine and those that were given are answered`(_ host: String) throws {
    let exposure = try exposure("127.0.0.1:0", "aiom.internal, aiom")
    #expect(exposure.names.contains(host, at: exposure.address))
  }

  @Test(arguments: [
    "", "attacker.example", "localhost.attacker.example", "127.0.0.1.attacker.example",
    "xlocalhost", "192.0.2.7", "[2001:db8::1]", "[::1", "::1", "localhost:80x", "localhost:",
    "localhost:123456", "localhost@attacker.example", "a b", "[127.0.0.1]",
    "internal", "xaiom",
  ])
  func `any other name is not`(_ host: String) throws {
    let exposure = try exposure("127.0.0.1:0", "aiom.internal, aiom")
    #expect(!exposure.names.contains(host, at: exposure.address))
  }

  @Test func `its own address is a name, and at every address any is`() throws {
    let one = try exposure("192.0.2.7:0")
    #expect(one.names.contains("192.0.2.7:8080", at: one.address))
    #expect(!one.names.contains("192.0.2.8", at: one.address))
    for everywhere in ["0.0.0.0:0", "[::]:0"] {
      let all = try exposure(everywhere)
      #expect(all.names.contains("192.0.2.8", at: all.address))
      #expect(!all.names.contains("attacker.example", at: all.address))
    }
  }

  @Test(arguments: ["", ",", "a,", "a b", "http://a", "a:80", "ä.example"])
  func `what is no list of names is refused`(_ text: String) {
    #expect(HostNames(text) == nil)
  }

  @Test func `the private listener answers its own names, others with 421, none with 400`()
    async throws
  {
    try await RunningListener.run(.private) { place in
      func ask(_ host: String) async throws -> RawAnswer {
        let connection = try place.connect()
        connection.send("GET /healthz HTTP/1.1\r\n\(host)\r\n")
        return await connection.readAnswer()
      }
      #expect(try await ask("Host: localhost:\(place.port)\r\n").status == 200)
      #expect(try await ask("Host: 127.0.0.1\r\n").status == 200)
      let other = try await ask("Host: attacker.example\r\n")
      #expect(other.status == 421)
      #expect(other.fields["content-type"] == "application/problem+json")
      #expect(other.fields["connection"] == "close")
      #expect(other.body.contains(#""code":"other_host""#))
      #expect(!other.body.contains("attacker"))
      for missing in ["", "Host:\r\n"] {
        let answer = try await ask(missing)
        #expect(answer.status == 400)
        #expect(answer.fields["content-type"] == "application/problem+json")
      }
    }
  }

  @Test func `the public listener is called by whatever name its proxy has`() async throws {
    try await RunningListener.run(.public) { place in
      let connection = try place.connect()
      connection.send("OPTIONS /u/x HTTP/1.1\r\nHost: aiom.example.com\r\n\r\n")
      #expect(await connection.readAnswer().status == 204)
    }
  }
}
