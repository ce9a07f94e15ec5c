import Engine
import Testing

@testable import Web

@Suite("Unsubscribe pages") struct UnsubscribeTests {
  private static let path = "/u/\(RecordingPorts.linkToken)"
  private static let person = "Accept: text/html,application/xhtml+xml,*/*;q=0.8"

  @Test func `following the link shows a button and changes nothing`() async throws {
    let ports = RecordingPorts()
    try await RunningListener.run(.public, ports) { place in
      let page = try await place.ask("GET \(Self.path)", [Self.person])
      #expect(page.status == 200)
      #expect(page.fields["content-type"] == "text/html; charset=utf-8")
      #expect(page.body.contains("<form method=\"post\"><button type=\"submit\">"))
      #expect(page.body.contains("<html lang=\"en\">"))
      #expect(page.body.contains("Harbor &amp; Sons &lt;Ltd&gt;"))
      #expect(ports.writes == [])
    }
  }

  /// What mail scanners, link previews and prefetching browsers do.
  @Test(arguments: [
    ["User-Agent: Mozilla/5.0 (Windows NT 10.0) SafeLinks"], ["Purpose: prefetch"],
    ["Sec-Purpose: prefetch;prerender"], ["User-Agent: Slackbot-LinkExpanding 1.0"],
    ["Content-Length: 26\r\n\r\nList-Unsubscribe=One-Click"],
  ])
  func `a scanner changes nothing, however it asks`(_ fields: [String]) async throws {
    let ports = RecordingPorts()
    try await RunningListener.run(.public, ports) { place in
      for method in ["HEAD", "GET", "OPTIONS", "GET"] {
        let connection = try place.connect()
        let close = ["Connection: close"]
        connection.send(RunningListener.Place.request("\(method) \(Self.path)", close + fields))
        #expect(await connection.readToEnd().hasPrefix("HTTP/1.1 20"))
      }
      #expect(ports.writes == [])
      #expect(!ports.reads.isEmpty)
    }
  }

  @Test func `HEAD answers as GET does, without the page`() async throws {
    try await RunningListener.run { place in
      let get = try await place.ask("GET \(Self.path)")
      let connection = try place.connect()
      connection.send("HEAD \(Self.path) HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n")
      let head = await connection.readToEnd()
      #expect(head.hasPrefix("HTTP/1.1 200"))
      let length = try #require(get.fields["content-length"])
      #expect(head.lowercased().contains("content-length: \(length)\r\n"))
      #expect(head.hasSuffix("\r\n\r\n"))
    }
  }

  @Test(arguments: [
    ("List-Unsubscribe=One-Click", "application/x-www-form-urlencoded"),
    (
      "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n",
      "multipart/form-data; boundary=b"
    ),
  ])
  func `one click of a mail program unsubscribes, without a redirect`(
    _ body: String, _ type: String
  ) async throws {
    let ports = RecordingPorts()
    try await RunningListener.run(.public, ports) { place in
      let answer = try await place.ask(
        "POST \(Self.path)", ["Content-Type: \(type)"], body: body)
      #expect(answer.status == 200)
      #expect(answer.fields["location"] == nil)
      #expect(answer.fields["set-cookie"] == nil)
      #expect(ports.writes == ["unsubscribe one_click"])
    }
  }

  @Test(arguments: [("en", "You are unsubscribed"), ("de-CH", "Sie sind abgemeldet")])
  func `the button unsubscribes and says so, as often as it is pressed`(
    _ language: String, _ words: String
  ) async throws {
    let ports = RecordingPorts()
    ports.set { $0.page.language = language }
    try await RunningListener.run(.public, ports) { place in
      for _ in 1...2 {
        let answer = try await place.ask("POST \(Self.path)", [Self.person], body: "")
        #expect(answer.status == 200)
        #expect(answer.body.contains(words))
      }
      #expect(ports.writes == ["unsubscribe page", "unsubscribe page"])
      let later = try await place.ask("GET \(Self.path)", [Self.person])
      #expect(later.body.contains(words))
      #expect(!later.body.contains("<button"))
    }
  }

  @Test func `a link that nobody has is not found, in words for a person`() async throws {
    let ports = RecordingPorts()
    try await RunningListener.run(.public, ports) { place in
      for method in ["GET", "POST"] {
        let german = try await place.ask(
          "\(method) /u/unknown", [Self.person, "Accept-Language: de-DE,de;q=0.9,en;q=0.8"],
          body: "")
        #expect(german.status == 404)
        #expect(german.body.contains("Diese Seite gibt es nicht"))
        let machine = try await place.ask("\(method) /u/unknown", body: "")
        #expect(machine.status == 404)
        #expect(machine.fields["content-type"] == "application/problem+json")
      }
    }
  }

  @Test func `what failed is never shown as done`() async throws {
    let ports = RecordingPorts()
    ports.set { $0.isBroken = true }
    try await RunningListener.run(.public, ports) { place in
      let person = try await place.ask("POST \(Self.path)", [Self.person], body: "")
      #expect(person.status == 503)
      #expect(person.body.contains("Please try again"))
      let machine = try await place.ask(
        "POST \(Self.path)", body: "List-Unsubscribe=One-Click")
      #expect(machine.status == 503)
    }
  }

  @Test(arguments: [
    ("List-Unsubscribe=One-Click", UnsubscribeWay.oneClick),
    ("list-unsubscribe=one-click\r\n", .oneClick), ("a=b&List-Unsubscribe=One-Click", .oneClick),
    ("List-Unsubscribe=Maybe", .page), ("", .page), ("xList-Unsubscribe=One-Click", .page),
    ("name=list-unsubscribe", .page),
  ])
  func `the body says who pressed`(_ body: String, _ way: UnsubscribeWay) {
    #expect(UnsubscribeHandler.way(Array(body.utf8)) == way)
  }

  @Test(arguments: [
    ("de", PageLanguage.german), ("de-AT", .german), ("DE", .german), ("de_CH", .german),
    ("en", .english), ("fr", .english), ("deu", .english), ("", .english),
  ])
  func `pages are German or English`(_ tag: String, _ language: PageLanguage) {
    #expect(PageLanguage(tag: tag) == language)
  }

  @Test func `every page allows its own style and nothing else`() async throws {
    try await RunningListener.run { place in
      let page = try await place.ask("GET \(Self.path)", [Self.person])
      let policy = try #require(page.fields["content-security-policy"])
      #expect(policy.contains("default-src 'none'"))
      #expect(policy.contains("form-action 'self'"))
      #expect(!policy.contains("unsafe"))
      #expect(!page.body.contains("<script"))
      #expect(!page.body.contains("http"))
      #expect(!page.body.contains(" style="))
    }
  }
}
