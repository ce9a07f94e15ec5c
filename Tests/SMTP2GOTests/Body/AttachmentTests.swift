import Foundation
import Synchronization
import Testing

@testable import SMTP2GO

@Suite struct AttachmentTests {
  private static func bytes(_ count: Int) -> [UInt8] {
    var seed = Seed(UInt64(count))
    let block = (0..<min(count, 997)).map { _ in UInt8.random(in: 0...255, using: &seed) }
    let blocks = repeatElement(block, count: count / 997 + 1)
    return Array(blocks.joined().prefix(count))
  }

  private func email(_ change: (inout OutgoingEmail) -> Void) throws -> OutgoingEmail {
    var email = try Fixture.email()
    change(&email)
    return email
  }

  @Test func `files, bytes and addresses arrive as they are, inline and attached`() async throws {
    let directory = try TestDirectory()
    let (large, small) = (Self.bytes(700_001), Self.bytes(10))
    let path = try directory.file("a.bin", large)
    let server = try await LoopbackServer { _ in .answer(200, Fixture.accepted) }
    let email = try email { email in
      email.attachments = [
        .init(filename: "a.bin", source: .file(path: path)),
        .init(filename: "b.bin", mimetype: "application/x-b", source: .bytes(large)),
        .init(filename: "c.pdf", source: .url("https://files.example/c.pdf")),
      ]
      email.inlines = [.init(filename: "d.png", mimetype: "image/png", content: small)]
    }
    let result = try await Fixture.run(server) { await $0.send(email) }
    #expect(result.outcome.label == "accepted")
    let request = try #require(server.requests.first)
    #expect(request.headers["transfer-encoding"] == nil)
    let fields = try Fixture.parsed(request.body)
    let expected: NSArray = [
      ["filename": "a.bin", "fileblob": Data(large).base64EncodedString()],
      [
        "filename": "b.bin", "fileblob": Data(large).base64EncodedString(),
        "mimetype": "application/x-b",
      ], ["filename": "c.pdf", "url": "https://files.example/c.pdf"],
    ]
    #expect(fields?["attachments"] as? NSArray == expected)
    let inlines: NSArray = [
      [
        "filename": "d.png", "fileblob": Data(small).base64EncodedString(),
        "mimetype": "image/png",
      ]
    ]
    #expect(fields?["inlines"] as? NSArray == inlines)
  }

  @Test func `a file that shrinks on the way cuts the request off and leaves it unknown`()
    async throws
  {
    let directory = try TestDirectory()
    let path = try directory.file("a", [UInt8](repeating: 7, count: 8_000_000))
    let server = try await LoopbackServer { _ in .answer(200, Fixture.accepted) }
    let email = try email {
      $0.attachments = [.init(filename: "a", source: .file(path: path))]
    }
    let body = try email.encoded()
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try handle.truncate(atOffset: 4_000_000)
    try handle.close()
    let result: CallResult<EmailReceipt> = try await Fixture.run(server) {
      await $0.call(.emailSend, body, reader: .email)
    }
    #expect(result.outcome == .unknown(.bodyCut))
    #expect(server.requests.isEmpty)
    #expect(server.bytes > 0)
  }

  @Test func `a file that was rewritten in the same length is noticed before the end`()
    async throws
  {
    let directory = try TestDirectory()
    let path = try directory.file("a", [UInt8](repeating: 7, count: 500_000))
    let server = try await LoopbackServer { _ in .answer(200, Fixture.accepted) }
    let email = try email {
      $0.attachments = [.init(filename: "a", source: .file(path: path))]
    }
    let body = try email.encoded()
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_000_000_000)], ofItemAtPath: path)
    let result: CallResult<EmailReceipt> = try await Fixture.run(server) {
      await $0.call(.emailSend, body, reader: .email)
    }
    #expect(result.outcome == .unknown(.bodyCut))
    #expect(server.requests.isEmpty)
  }

  @Test func `an attachment that cannot be had is refused before anything is sent`() async throws {
    let directory = try TestDirectory()
    let server = try await LoopbackServer { _ in .answer(200, Fixture.accepted) }
    let sources: [(OutgoingEmail.Attachment.Source, String)] = [
      (.file(path: directory.path + "/none"), "client.attachment_unreadable"),
      (.file(path: directory.path), "client.attachment_unreadable"),
      (.url("file:///etc/passwd"), "client.attachment_url"),
      (.url("https://a b"), "client.attachment_url"),
    ]
    let codes = try await Fixture.run(server) { client in
      var codes: [String] = []
      for (source, _) in sources {
        let email = try email { $0.attachments = [.init(filename: "a", source: source)] }
        if case .refused(let refusal) = await client.send(email).outcome {
          codes.append(refusal.code)
        }
      }
      return codes
    }
    #expect(codes == sources.map(\.1))
    #expect(server.connections == 0)
  }

  @Test func `a file above the limit is refused from its length alone`() async throws {
    let directory = try TestDirectory()
    let path = directory.path + "/sparse"
    #expect(FileManager.default.createFile(atPath: path, contents: nil))
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try handle.truncate(atOffset: 37_600_000)
    try handle.close()
    let server = try await LoopbackServer { _ in .answer(200, Fixture.accepted) }
    let email = try email { $0.inlines = [.init(filename: "a", source: .file(path: path))] }
    let result = try await Fixture.run(server) { await $0.send(email) }
    guard case .refused(let refusal) = result.outcome else {
      Issue.record("not refused")
      return
    }
    #expect(refusal.code == "client.too_large")
    #expect(server.connections == 0)
  }

  @Test func `a connection cut while a body goes out is unknown`() async throws {
    let server = try await LoopbackServer(.closeAfter(300_000)) { _ in .cut }
    let email = try email {
      $0.attachments = [
        .init(filename: "a", source: .bytes([UInt8](repeating: 3, count: 4_000_000)))
      ]
    }
    let result = try await Fixture.run(server) { await $0.send(email) }
    #expect(result.outcome == .unknown(.connectionLost))
    #expect(server.requests.isEmpty)
  }

  @Test func `a body that nobody takes ends at the deadline and is unknown`() async throws {
    let server = try await LoopbackServer(.readNothing) { _ in .cut }
    let email = try email {
      $0.attachments = [
        .init(filename: "a", source: .bytes([UInt8](repeating: 3, count: 20_000_000)))
      ]
    }
    let result = try await Fixture.run(server, deadline: .milliseconds(700)) {
      await $0.send(email)
    }
    #expect(result.outcome == .unknown(.deadline))
  }

  @Test func `a streamed body leaves its connection fit for the next`() async throws {
    let server = try await LoopbackServer(.ordinary) { _ in .answer(200, Fixture.accepted) }
    let email = try email {
      $0.attachments = [.init(filename: "a", source: .bytes(Self.bytes(200_000)))]
    }
    let labels = try await Fixture.run(server) { client in
      var labels: [String] = []
      for _ in 0..<3 { labels.append(await client.send(email).outcome.label) }
      return labels
    }
    #expect(labels == ["accepted", "accepted", "accepted"])
    #expect(server.connections == 1)
  }
}
