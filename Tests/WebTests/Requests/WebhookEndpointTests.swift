import Testing

@testable import Web

@Suite("Webhook endpoint") struct WebhookEndpointTests {
  private static let path = "/hooks/smtp2go/\(RecordingPorts.webhookToken)"
  private static let authorized = "Authorization: \(RecordingPorts.authorization)"

  @Test(arguments: [
    (#"{"event":"delivered","id":"1"}"#, "application/json"),
    ("event=delivered&id=1", "application/x-www-form-urlencoded"),
  ])
  func `an event is handed over byte for byte, with its type`(
    _ body: String, _ type: String
  ) async throws {
    let ports = RecordingPorts()
    try await RunningListener.run(.public, ports) { place in
      let answer = try await place.ask(
        "POST \(Self.path)", [Self.authorized, "Content-Type: \(type)"], body: body)
      #expect(answer.status == 200)
      #expect(answer.body == #"{"status":"stored"}"#)
      #expect(ports.bodies == [Array(body.utf8)])
      #expect(ports.contentTypes == [type])
    }
  }

  @Test(arguments: [WebhookReceipt.stored, .duplicate, .unreadable])
  func `whatever is kept is answered with 200`(_ receipt: WebhookReceipt) async throws {
    let ports = RecordingPorts()
    ports.set { $0.receipt = receipt }
    try await RunningListener.run(.public, ports) { place in
      let answer = try await place.ask("POST \(Self.path)", [Self.authorized], body: "x")
      #expect(answer.status == 200)
      #expect(answer.body.contains(receipt.rawValue))
    }
  }

  @Test(arguments: [[], ["Authorization: Bearer wrong"], ["Authorization: "]])
  func `without the authorization nothing is read`(_ fields: [String]) async throws {
    let ports = RecordingPorts()
    try await RunningListener.run(.public, ports) { place in
      let answer = try await place.ask("POST \(Self.path)", fields, body: "{}")
      #expect(answer.status == 401)
      #expect(answer.fields["www-authenticate"]?.contains("Bearer") == true)
      #expect(ports.writes == [])
    }
  }

  @Test func `an unknown token is answered like a wrong authorization`() async throws {
    let ports = RecordingPorts()
    try await RunningListener.run(.public, ports) { place in
      func shape(_ path: String, _ field: String) async throws -> [String] {
        let answer = try await place.ask("POST \(path)", [field], body: "{}")
        let id = answer.fields["x-request-id"] ?? "-"
        return ["\(answer.status)", answer.body.replacing(id, with: "ID")]
          + answer.fields.keys.sorted()
      }
      let wrong = try await shape(Self.path, "Authorization: Bearer wrong")
      #expect(wrong.first == "401")
      for token in ["unknown", "%00", String(repeating: "x", count: 4000)] {
        for field in [Self.authorized, "Authorization: Bearer wrong", "X-None: 1"] {
          #expect(try await shape("/hooks/smtp2go/\(token)", field) == wrong)
        }
      }
      #expect(ports.bodies == [])
      for path in ["/hooks", "/hooks/smtp2go", "/nowhere"] {
        #expect(try await shape(path, Self.authorized).first == "404")
      }
    }
  }

  @Test func `a failing store is answered with 503, so that the provider tries again`()
    async throws
  {
    let ports = RecordingPorts()
    ports.set { $0.isBroken = true }
    try await RunningListener.run(.public, ports) { place in
      let answer = try await place.ask("POST \(Self.path)", [Self.authorized], body: "{}")
      #expect(answer.status == 503)
      #expect(answer.fields["retry-after"] == "30")
      #expect(answer.fields["content-type"] == "application/problem+json")
    }
  }

  @Test(arguments: ["GET", "HEAD", "PUT", "DELETE", "PATCH", "BREW"])
  func `other methods are told what is allowed, for any token`(_ method: String) async throws {
    let ports = RecordingPorts()
    try await RunningListener.run(.public, ports) { place in
      for token in [RecordingPorts.webhookToken, "unknown"] {
        let connection = try place.connect()
        connection.send(
          "\(method) /hooks/smtp2go/\(token) HTTP/1.1\r\nHost: t\r\n"
            + "Connection: close\r\n\r\n")
        let text = await connection.readToEnd()
        if method == "BREW" {
          #expect(text.hasPrefix("HTTP/1.1 400") || text.hasPrefix("HTTP/1.1 405"))
        } else {
          #expect(text.hasPrefix("HTTP/1.1 405"))
          #expect(text.lowercased().contains("allow: options, post\r\n"))
        }
      }
      #expect(ports.reads == [])
      #expect(ports.writes == [])
    }
  }

  @Test func `OPTIONS says what is allowed`() async throws {
    try await RunningListener.run { place in
      let answer = try await place.ask("OPTIONS \(Self.path)")
      #expect(answer.status == 204)
      #expect(answer.fields["allow"] == "OPTIONS, POST")
      #expect(answer.fields["content-length"] == nil)
    }
  }
}
