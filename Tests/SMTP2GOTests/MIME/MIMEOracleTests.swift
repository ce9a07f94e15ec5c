import Addressing
import Foundation
import OracleSupport
import Testing

@testable import SMTP2GO

/// What Python's `email` package reads out of our messages.
@Suite struct MIMEOracleTests {
  struct Reading: Decodable, Equatable {
    struct Part: Decodable, Equatable {
      var type: String
      var filename: String?
      var content_id: String?
      var text: String?
      var base64: String?
    }
    var defects: [String]
    var headers: [String: String]
    var parts: [Part]
  }

  private func read(_ messages: [ThreadedEmail]) async throws -> [Reading] {
    let directory = try TestDirectory()
    var paths: [String] = []
    for (index, message) in messages.enumerated() {
      let text = Array(try MIMETests.text(message).utf8)
      paths.append(try directory.file("\(index).eml", text))
    }
    return try JSONDecoder().decode(
      [Reading].self, from: await Oracle.run(["-c", Self.script] + paths))
  }

  private static let words = [
    "Invoice", "Zoë", "&", "\u{1F600}\u{1F468}\u{200D}\u{1F469}", "=?x?=", "a=b", "\"q\"", "日本語",
    "x,y", "long" + String(repeating: "g", count: 90), "(c)", "ß", "\\",
  ]

  private struct Case {
    let seed: UInt64
    let subject, plain, html, header, name: String
    let content: [UInt8]

    init(_ seed: UInt64) {
      var random = Seed(seed)
      func text(_ count: ClosedRange<Int>) -> String {
        (0..<Int.random(in: count, using: &random))
          .map { _ in words.randomElement(using: &random) ?? "" }.joined(separator: " ")
      }
      self.seed = seed
      subject = text(1...30)
      plain = text(1...200) + "\n\n" + text(1...9) + " \n.\n"
      html = "<p>" + text(1...300) + "</p>"
      header = text(1...20)
      // Python takes quotation marks off that stand around a whole name, decoded or not.
      name = text(1...6) + ".pdf"
      content = (0..<Int.random(in: 1...400, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
    }

    func message() throws -> ThreadedEmail {
      try MIMETests.message { email in
        email.sender = try Mailbox(name: "Zoë, \"Q\" Müller", address: email.sender.address)
        email.subject = subject
        email.textBody = plain
        email.htmlBody = html
        email.customHeaders = [
          try .init("X-Text", header), try .init("Reply-To", "Zoë <z@acme.example>"),
        ]
        email.inlines = [.init(filename: "i.png", mimetype: "image/png", content: content)]
        email.attachments = [.init(filename: name, mimetype: "application/pdf", content: content)]
      }
    }
  }

  @Test(.enabled(if: Oracle.shouldRun, Oracle.comment))
  func `Python reads back every header, text and file`() async throws {
    let cases = (Seed.some + (10...40)).map { Case($0) }
    let readings = try await read(try cases.map { try $0.message() })
    #expect(readings.count == cases.count)
    for (expected, reading) in zip(cases, readings) {
      let seed = expected.seed
      #expect(reading.defects.isEmpty, "seed \(seed)")
      #expect(reading.headers["subject"] == expected.subject, "seed \(seed)")
      #expect(reading.headers["x-text"] == expected.header, "seed \(seed)")
      #expect(reading.headers["from_name"] == "Zoë, \"Q\" Müller", "seed \(seed)")
      #expect(reading.headers["reply_to"] == "Zoë <z@acme.example>", "seed \(seed)")
      #expect(reading.headers["message-id"] == "<new.1@acme.example>")
      let base64 = Data(expected.content).base64EncodedString()
      #expect(reading.parts.count == 4)
      for (part, wanted) in zip(
        reading.parts,
        [
          Reading.Part(type: "text/plain", text: expected.plain),
          Reading.Part(type: "text/html", text: expected.html),
          Reading.Part(
            type: "image/png", filename: "i.png", content_id: "<i.png>", base64: base64),
          Reading.Part(type: "application/pdf", filename: expected.name, base64: base64),
        ])
      {
        #expect(part == wanted, "seed \(seed)")
      }
    }
  }

  /// Line ends are compared as LF: Python's reader of texts makes them so.
  private static let script = """
    import base64, email, email.policy, json, sys

    def read(path):
        with open(path, "rb") as file:
            message = email.message_from_binary_file(file, policy=email.policy.default)
        defects = [type(d).__name__ for part in message.walk() for d in part.defects]
        defects += [type(d).__name__ for v in message.values() for d in getattr(v, "defects", ())]
        headers = {name.lower(): str(value) for name, value in message.items()}
        headers["from_name"] = message["From"].addresses[0].display_name
        address = message["Reply-To"].addresses[0]
        headers["reply_to"] = f"{address.display_name} <{address.addr_spec}>"
        parts = []
        for part in message.walk():
            if part.is_multipart():
                continue
            entry = {"type": part.get_content_type(), "filename": part.get_filename(),
                     "content_id": part["Content-ID"]}
            if part.get_content_maintype() == "text":
                text = part.get_payload(decode=True).decode("utf-8")
                entry["text"] = text.replace("\\r\\n", "\\n")
            else:
                entry["base64"] = base64.b64encode(part.get_payload(decode=True)).decode()
            parts.append(entry)
        return {"defects": defects, "headers": headers, "parts": parts}

    json.dump([read(path) for path in sys.argv[1:]], sys.stdout)
    """
}
