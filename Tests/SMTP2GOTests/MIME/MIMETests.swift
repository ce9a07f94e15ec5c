import Addressing
import Foundation
import NIOCore
import Testing

@testable import SMTP2GO

@Suite struct MIMETests {
  static let date = Date(timeIntervalSince1970: 1_795_363_200)

  static func message(
    _ change: (inout OutgoingEmail) throws -> Void = { _ in }
  ) throws -> ThreadedEmail {
    var email = try Fixture.email()
    email.customHeaders = [try .init("X-Op", "01J")]
    try change(&email)
    return ThreadedEmail(
      email, messageID: try MessageID("<new.1@acme.example>"),
      inReplyTo: try MessageID("parent@example.org"), date: date)
  }

  /// The message as it goes out, taken out of the request.
  static func text(_ message: ThreadedEmail) throws -> String {
    let body = try message.encoded().collected()
    let fields = try Fixture.parsed(String(buffer: body))
    let base64 = fields?["mime_email"] as? String ?? ""
    return String(decoding: Data(base64Encoded: base64) ?? Data(), as: UTF8.self)
  }

  @Test func `a plain message is the headers of the thread and one part`() throws {
    #expect(
      try Self.text(Self.message()) == """
        Date: Sun, 22 Nov 2026 16:00:00 +0000\r
        From: Acme <billing@acme.example>\r
        To: secret.person@example.org\r
        Subject: Invoice 7\r
        Message-ID: <new.1@acme.example>\r
        In-Reply-To: <parent@example.org>\r
        References: <parent@example.org>\r
        X-Op: 01J\r
        MIME-Version: 1.0\r
        Content-Type: text/plain; charset=utf-8\r
        Content-Transfer-Encoding: quoted-printable\r
        \r
        secret text
        """)
  }

  @Test func `text, HTML, inlines and attachments nest as mail readers expect`() throws {
    let text = try Self.text(
      Self.message { email in
        email.htmlBody = "<img src=\"cid:a.png\">"
        email.inlines = [.init(filename: "a.png", mimetype: "image/png", content: [1])]
        email.attachments = [.init(filename: "Zoë.pdf", mimetype: "application/pdf", content: [2])]
      })
    let order = [
      "multipart/mixed", "--=_part_mixed\r\n", "multipart/related", "--=_part_related\r\n",
      "multipart/alternative", "--=_part_alternative\r\n", "text/plain",
      "--=_part_alternative\r\n", "text/html", "--=_part_alternative--\r\n",
      "--=_part_related\r\n", "image/png", "Content-ID: <a.png>", "AQ==", "--=_part_related--\r\n",
      "--=_part_mixed\r\n", "filename*=UTF-8''Zo%C3%AB.pdf", "Ag==", "--=_part_mixed--\r\n",
    ]
    var rest = text[...]
    for mark in order {
      let range = try #require(rest.range(of: mark), "\(mark)")
      rest = rest[range.upperBound...]
    }
    #expect(rest.isEmpty)
  }

  @Test func `no line is longer than it may be`() throws {
    let word = String(repeating: "ü", count: 300)
    let text = try Self.text(
      Self.message { email in
        email.subject = "Rechnung \(word)"
        email.textBody = String(repeating: "x", count: 5000) + " \n.\n=\u{1F600} \t\n"
        email.to = try (0..<60).map { try EmailAddress("recipient.number.\($0)@example.org") }
        email.customHeaders = [
          try .init("X-Long", String(repeating: "word ", count: 200) + "end"),
          try .init("X-Run", String(repeating: "r", count: 950)),
        ]
        email.attachments = [
          .init(filename: word, mimetype: nil, source: .bytes([UInt8](repeating: 9, count: 999)))
        ]
      })
    for line in text.components(separatedBy: "\r\n") {
      #expect(line.utf8.count <= (line.hasPrefix("X-Run") ? 998 : 78), "\(line.prefix(40))")
      #expect(!line.contains("\n") && !line.contains("\r"))
      #expect(line.utf8.allSatisfy { $0 < 0x80 })
    }
  }

  @Test(
    arguments: [
      ("a = b", "a =3D b"), ("x ", "x=20"), ("x\t\ny", "x=09\r\ny"), (".", "=2E"),
      ("a\r\nb\rc\nd", "a\r\nb\r\nc\r\nd"), ("é", "=C3=A9"), ("", ""), ("\n", "\r\n"),
      (
        String(repeating: "a", count: 76), String(repeating: "a", count: 76)
      ),
      (
        String(repeating: "a", count: 77), String(repeating: "a", count: 75) + "=\r\naa"
      ),
      ("\0", "=00"),
    ] as [(String, String)])
  func `text is quoted as RFC 2045 asks`(text: String, encoded: String) {
    #expect(String(buffer: QuotedPrintable.encode(text)) == encoded)
  }

  struct Impossible: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let change: @Sendable (inout OutgoingEmail) throws -> Void

    init(_ code: String, _ change: @escaping @Sendable (inout OutgoingEmail) throws -> Void) {
      testDescription = code
      self.change = change
    }
  }

  private static func file(_ name: String, _ type: String) -> OutgoingEmail.Attachment {
    OutgoingEmail.Attachment(filename: name, mimetype: type, content: [1])
  }

  @Test(arguments: [
    Impossible("header.line_break") { $0.subject = "a\r\nBcc: b@c.org" },
    Impossible("header.line_break") { $0.attachments = [file("a\r\nX: y", "a/b")] },
    Impossible("header.line_break") { $0.attachments = [file("a", "a/b\r\nX: y")] },
    Impossible("mimetype") { $0.attachments = [file("a", "a/b; c")] },
    Impossible("mimetype") { $0.attachments = [file("a", "message/rfc822")] },
    Impossible("inline_name") { $0.inlines = [file("a b", "a/b")] },
    Impossible("bcc_in_mime") { $0.bcc = $0.to },
    Impossible("template_in_mime") { $0.template = .init(id: "x") },
    Impossible("url_in_mime") {
      $0.attachments = [.init(filename: "a", source: .url("https://a.example"))]
    },
    Impossible("header.reserved") { $0.customHeaders = [try .init("message-ID", "<a@b>")] },
    Impossible("header.reserved") { $0.customHeaders = [try .init("Bcc", "a@b.org")] },
    Impossible("header.too_long") {
      $0.customHeaders = [try .init("X-Run", String(repeating: "r", count: 995))]
    },
    Impossible("header.not_ascii") { $0.customHeaders = [try .init("Reply-To", "Zoë, <")] },
    Impossible("no_recipient") { $0.to = [] },
    Impossible("schedule") { $0.schedule = .distantPast },
  ])
  func `what no MIME message can hold is refused`(row: Impossible) throws {
    let message = try Self.message(row.change)
    #expect(message.refusal(now: Self.date)?.code == "client.\(row.testDescription)")
    #expect(try Self.message().refusal(now: Self.date) == nil)
  }

  @Test(arguments: [
    "a", "a@", "@b", "a@b@c", "a b@c", "<a@b", "a@b>c", "a..@b\r\nX: y", ".a@b", "a@[b",
    "ä@b", String(repeating: "a", count: 250) + "@b",
  ])
  func `what is no Message-ID is refused`(text: String) {
    #expect(throws: AddressingIssue.self) { try MessageID(text) }
  }

  @Test func `a Message-ID is written with its brackets, once`() throws {
    for text in ["a.b+c@d.example", "<a.b+c@d.example>"] {
      #expect(try MessageID(text).rawValue == "<a.b+c@d.example>")
    }
    #expect(try MessageID("a@[192.0.2.1]").rawValue == "<a@[192.0.2.1]>")
  }

  @Test func `attachments beyond twenty-seven megabytes are refused before anything is sent`()
    async throws
  {
    let directory = try TestDirectory()
    let path = directory.path + "/sparse"
    #expect(FileManager.default.createFile(atPath: path, contents: nil))
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try handle.truncate(atOffset: UInt64(ThreadedEmail.largestContent) + 1)
    let server = try await LoopbackServer { _ in .answer(200, Fixture.accepted) }
    let message = try Self.message {
      $0.attachments = [.init(filename: "a", source: .file(path: path))]
    }
    let codes = try await Fixture.run(server) { client in
      guard case .refused(let refusal) = await client.send(message).outcome else { return "" }
      return refusal.code
    }
    try handle.close()
    #expect(codes == "client.too_large")
    #expect(server.connections == 0)
  }

  @Test func `a date is written as RFC 5322 asks on every day of the week`() {
    let expected = ["Thu, 01 Jan 1970", "Fri, 02 Jan 1970", "Sat, 03 Jan 1970", "Wed, 31 Dec 1969"]
    for (day, text) in zip([0.0, 1, 2, -1], expected) {
      let date = Date(timeIntervalSince1970: day * 86_400)
      #expect(MIMEHeaders.date(date) == "\(text) 00:00:00 +0000")
    }
  }
}
