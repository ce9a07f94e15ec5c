import Foundation
import Testing

@testable import Addressing

@Suite struct MailboxTests {
  @Test(
    arguments: [
      ("a@b.org", nil, "a@b.org"), ("<a@b.org>", nil, "a@b.org"),
      ("Ann Lee <a@b.org>", "Ann Lee", "Ann Lee <a@b.org>"),
      ("Ann<a@b.org>", "Ann", "Ann <a@b.org>"),
      ("\"Lee, Ann\" <a@b.org>", "Lee, Ann", "\"Lee, Ann\" <a@b.org>"),
      ("\"Ann\" <a@b.org>", "Ann", "Ann <a@b.org>"),
      ("\"Ann \\\"A\\\" \\\\ Lee\" <a@b.org>", "Ann \"A\" \\ Lee", nil),
      ("Acme Inc. <a@b.org>", "Acme Inc.", "\"Acme Inc.\" <a@b.org>"),
      ("Zoë <a@b.org>", "Zoë", "Zoë <a@b.org>"), ("  Ann  <a@b.org>  ", "Ann", "Ann <a@b.org>"),
      ("\"\" <a@b.org>", nil, "a@b.org"),
    ] as [(String, String?, String?)])
  func `a mailbox is split into name and address`(
    text: String, name: String?, raw: String?
  ) throws {
    let mailbox = try Mailbox(text)
    #expect(mailbox.name == name)
    #expect(mailbox.address == (try EmailAddress("a@b.org")))
    if let raw { #expect(mailbox.rawValue == raw) }
  }

  @Test(arguments: [
    ("Lee, Ann <a@b.org>", "mailbox.shape"), ("Ann a@b.org>", "mailbox.shape"),
    ("Ann <a@b.org", "email.local_character"), ("\"Ann <a@b.org>", "mailbox.quote"),
    ("\"Ann\" x <a@b.org>", "mailbox.shape"), ("Ann <a@b.org> (x)", "email.local_character"),
    ("Ann <<a@b.org>", "mailbox.shape"), ("Ann <a@b.org>, Bob <c@d.org>", "mailbox.shape"),
    ("Ann\r\nBcc: x <a@b.org>", "header.line_break"), ("Ann\t<a@b.org>", "header.control"),
    ("Ann <>", "email.empty"), ("Ann\u{202E} <a@b.org>", "mailbox.name_direction"),
    ("", "email.empty"),
  ])
  func `what is not one mailbox is refused`(text: String, code: String) {
    do throws(AddressingIssue) {
      _ = try Mailbox(text)
      Issue.record("accepted")
    } catch {
      #expect(error.code == code)
    }
  }

  @Test(arguments: [(256, true), (257, false)])
  func `a name has at most 256 characters`(length: Int, isAccepted: Bool) throws {
    let address = try EmailAddress("a@b.org")
    let name = String(repeating: "n", count: length)
    #expect(((try? Mailbox(name: name, address: address)) != nil) == isAccepted)
  }

  @Test(arguments: [
    ("Ann", "Ann <a@b.org>"), ("Lee, Ann", "\"Lee, Ann\" <a@b.org>"),
    ("Zoë", "=?UTF-8?Q?Zo=C3=AB?= <a@b.org>"),
    ("Zoë & Co", "=?UTF-8?Q?Zo=C3=AB_=26_Co?= <a@b.org>"),
    ("例え", "=?UTF-8?B?5L6L44GI?= <a@b.org>"),
    ("=?UTF-8?Q?x?=", "=?UTF-8?Q?=3D=3FUTF-8=3FQ=3Fx=3F=3D?= <a@b.org>"),
  ])
  func `a header carries ASCII only`(name: String, header: String) throws {
    let mailbox = try Mailbox(name: name, address: try EmailAddress("a@b.org"))
    #expect(mailbox.headerValue == header)
  }

  @Test func `encoded words stay within 75 characters and split between code points`() throws {
    let name = String(repeating: "Grüße 日本 ", count: 12) + "x"
    let mailbox = try Mailbox(name: name, address: try EmailAddress("a@b.org"))
    let words = mailbox.headerValue.split(separator: " ").dropLast()
    #expect(words.count > 2)
    #expect(words.allSatisfy { $0.count <= 75 })
    #expect(decoded(words.map(String.init)) == name)
  }

  @Test(arguments: Seed.some)
  func `parsing the raw value gives an equal mailbox`(seed: UInt64) throws {
    var random = Seed(seed)
    let address = try EmailAddress("a@b.org")
    for _ in 0..<300 {
      let name = random.text(from: "ab Z.,;\"\\<>()@:[]=?é中\u{301}🙂", 0...16)
      guard let mailbox = try? Mailbox(name: name, address: address) else { continue }
      #expect(try Mailbox(mailbox.rawValue) == mailbox, "seed \(seed)")
      #expect(mailbox.headerValue.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }, "seed \(seed)")
    }
  }

  @Test func `nothing that prints a mailbox shows it`() throws {
    let mailbox = try Mailbox("Secret Person <secret@example.org>")
    #expect(!"\(mailbox) \(String(reflecting: mailbox))".lowercased().contains("secret"))
  }

  /// Decodes Q and B words by the RFC, independently of the encoder.
  private func decoded(_ words: [String]) -> String {
    var bytes: [UInt8] = []
    for word in words {
      let parts = word.split(separator: "?", omittingEmptySubsequences: false)
      let payload = String(parts[3])
      if parts[2] == "B" {
        bytes += Data(base64Encoded: payload) ?? Data()
        continue
      }
      var rest = Substring(payload)
      while let character = rest.popFirst() {
        if character == "=" {
          bytes.append(UInt8(rest.prefix(2), radix: 16) ?? 0)
          rest = rest.dropFirst(2)
        } else {
          bytes.append(character == "_" ? 0x20 : character.asciiValue ?? 0)
        }
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
