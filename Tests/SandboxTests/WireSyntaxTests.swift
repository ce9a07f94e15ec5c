import Foundation
import NIOCore
import Testing

@testable import Sandbox

@Suite struct `The JSON reader` {
  @Test(arguments: [
    "null", "true", "false", "0", "-0", "12", "-7", "1.5", "1e3", "-2.5E-2", "\"\"", "\"a\"",
    #""\"\\\/\b\f\n\r\t\u00e9\ud83c\udf89""#, "[]", "{}", "[1,[2,{\"a\":null}]]",
    " { \"a\" : [ 1 , 2 ] , \"b\" : { } } ", "9223372036854775807", "92233720368547758070",
    "{\"é\":\"日本\"}",
  ])
  func `agrees with Foundation on what is JSON`(text: String) throws {
    let value = try JSONReader.parse(text.utf8)
    let ours = try JSONSerialization.jsonObject(
      with: Data(value.text.utf8), options: .fragmentsAllowed)
    let theirs = try JSONSerialization.jsonObject(
      with: Data(text.utf8), options: .fragmentsAllowed)
    #expect((ours as? NSObject) == (theirs as? NSObject))
    #expect(try JSONReader.parse(value.text.utf8) == value)
  }

  @Test(arguments: [
    "", " ", "nul", "tru", "01", "-", "1.", ".5", "1e", "+1", "\"", "\"\u{01}\"", #""\x""#,
    #""\u12""#, #""\ud800""#, #""\ud800\u0041""#, #""\udc00""#, "[", "[1", "[1,]", "[,1]", "{",
    "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "1 2", "{} x", "'a'", "1e999",
    String(repeating: "[", count: 65) + String(repeating: "]", count: 65),
  ])
  func `refuses what is not JSON`(text: String) {
    #expect(throws: JSONSyntaxError.self) { try JSONReader.parse(text.utf8) }
  }

  @Test func `refuses bytes that are not UTF-8`() {
    #expect(throws: JSONSyntaxError.self) { try JSONReader.parse([0x22, 0xFF, 0x22]) }
  }

  @Test func `reads 64 levels`() throws {
    let text = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    #expect(throws: Never.self) { try JSONReader.parse(text.utf8) }
  }

  @Test func `never crashes on mutated bytes, and reads back what it writes`() throws {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededGenerator(state: seed)
    let sample = Array(Sample.email.utf8)
    for _ in 0..<2000 {
      var bytes = sample
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let position = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[position] = UInt8.random(in: 0 ... .max, using: &random)
        case 1: bytes.remove(at: position)
        default: bytes.removeSubrange(position...)
        }
        if bytes.isEmpty { break }
      }
      guard let value = try? JSONReader.parse(bytes) else { continue }
      #expect(try JSONReader.parse(value.encoded) == value, "seed \(seed)")
    }
  }
}

/// SplitMix64.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}

@Suite struct `A vendor date` {
  @Test(arguments: [
    ("2026-03-02", "2026-03-02T00:00:00.000Z"),
    ("2026-03-02 15:04:05", "2026-03-02T15:04:05.000Z"),
    ("2026-03-02T15:04:05", "2026-03-02T15:04:05.000Z"),
    ("2026-03-02T15:04:05Z", "2026-03-02T15:04:05.000Z"),
    ("2026-03-02T15:04:05.123456Z", "2026-03-02T15:04:05.123Z"),
    ("2026-03-02T15:04:05+02:00", "2026-03-02T13:04:05.000Z"),
    ("2026-05-19 13:15:00 +1200", "2026-05-19T01:15:00.000Z"),
    ("2026-03-01T00:30:00+01:00", "2026-02-28T23:30:00.000Z"),
    ("Mon, 02 Jan 2006 15:04:05 -0700", "2006-01-02T22:04:05.000Z"),
    ("02 Jan 2006 15:04:05 GMT", "2006-01-02T15:04:05.000Z"),
    ("2024-02-29", "2024-02-29T00:00:00.000Z"),
    ("1969-12-31T23:59:59Z", "1969-12-31T23:59:59.000Z"),
  ])
  func `is read in every documented form`(text: String, expected: String) throws {
    let date = try #require(VendorDate.parse(text))
    #expect(VendorDate.rfc3339Milliseconds(date) == expected)
  }

  @Test(arguments: [
    "", "today", "2026-3-2", "2026-02-30", "2026-13-01", "2026-03-02T24:00:00Z",
    "2026-03-02T15:60:00Z", "2026-03-02T15:04:05X", "2026-03-02T15:04:05+25:00", "2026-03-02T",
    "Mon, 31 Feb 2026 15:04:05 GMT", "02 Foo 2006 15:04:05 GMT", "2026-03-02T15:04:05Z!",
  ])
  func `is refused in any other form`(text: String) {
    #expect(VendorDate.parse(text) == nil)
  }

  @Test func `agrees with Foundation on every day of four centuries`() {
    for day in stride(from: -140_000, to: 140_000, by: 37) {
      let date = Date(timeIntervalSince1970: Double(day) * 86_400 + 3_661.25)
      let theirs = date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
      #expect(VendorDate.rfc3339Milliseconds(date) == theirs)
      #expect(VendorDate.parseMilliseconds(theirs) == date)
    }
  }

  @Test func `names the weekday in a mail's header`() {
    #expect(
      VendorDate.rfc5322(Date(timeIntervalSince1970: 0)) == "Thu, 01 Jan 1970 00:00:00 +0000")
    #expect(
      VendorDate.rfc5322(Date(timeIntervalSince1970: -86_400 * 5))
        == "Sat, 27 Dec 1969 00:00:00 +0000")
  }
}

@Suite struct `A mailbox` {
  @Test(arguments: [
    "a@example.org", "Ann <a@example.org>", "Ann Lee <a.b+c@sub.example.org>", "<a@example.org>",
    "\"Lee, Ann\" <a@example.org>", "\"A \\\"q\\\"\" <a@example.org>", "Ünï <a@example.org>",
    "A (Billing) <a@example.org>", "a_b'c@example.org", "\"a b\"@example.org",
    "a@xn--bcher-kva.example",
  ])
  func `is taken`(text: String) {
    #expect(AddressSyntax.isMailbox(text))
  }

  @Test(arguments: [
    "", " ", "a", "@example.org", "a@", "a@localhost", "a@example..org", "a@-x.org", "a@x-.org",
    ".a@example.org", "a.@example.org", "a..b@example.org", "a b@example.org", "a@exa mple.org",
    "Ann a@example.org", "Lee, Ann <a@example.org>", "Ann <a@example.org", "Ann <<a@example.org>>",
    "\"Ann <a@example.org>", "a@example.org, b@example.org", "a@example.org\nBcc: b@example.org",
    "a@b@example.org", "bücher@example.org", "a@bücher.example",
    String(repeating: "a", count: 65) + "@example.org",
  ])
  func `is refused`(text: String) {
    #expect(!AddressSyntax.isMailbox(text))
  }

  @Test func `gives up its bare address`() {
    #expect(AddressSyntax.address(of: "Ann <a@example.org>") == "a@example.org")
    #expect(AddressSyntax.address(of: "a@example.org") == "a@example.org")
  }
}

@Suite struct `Base64` {
  @Test(arguments: [
    ("", 0), ("QQ==", 1), ("QUI=", 2), ("QUJD", 3), ("QUJD\r\nQUJD", 6), ("+/+/", 3),
  ])
  func `is decoded`(text: String, size: Int) {
    #expect(Base64Decoder.bytes(of: text)?.count == size)
    let plain = text.filter { !$0.isNewline }
    #expect(Base64Decoder.bytes(of: text).map { Data($0) } == Data(base64Encoded: plain))
  }

  @Test(arguments: ["Q", "QQ", "QQ=", "Q===", "QQ==QQ==", "QU JD", "QU-_", "=QUJ", "data:QUJD"])
  func `is refused`(text: String) {
    #expect(Base64Decoder.bytes(of: text) == nil)
  }
}

@Suite struct `A body with files` {
  private static func text(_ first: String, _ second: String, _ third: String) -> String {
    #"{"a":"x\\\"fileblob\":","fileblob" : "\#(first)","b":["fileblob","QQ=="],"#
      + #""mime_email":"","c":{"fileblob":"\#(second)","n":7,"fileblob":null},"\"":1,"#
      + #""fileblob":"\#(third)"}"#
  }

  @Test func `reads the same wherever its pieces are cut`() throws {
    let bytes = Array(Self.text(#"QUJD\nRE\u0055="#, "Q*", "QQ==").utf8)
    for cut in 0...bytes.count {
      let spool = FileSpool()
      defer { spool.close() }
      let files = RequestFiles(spool: spool)
      var reader = BodyReader(spool: spool, files: files)
      try reader.feed(ByteBuffer(bytes: bytes[..<cut]))
      try reader.feed(ByteBuffer(bytes: bytes[cut...]))
      #expect(String(buffer: reader.kept) == Self.text("spooled:0", "spooled:1", "spooled:2"))
      #expect(files.files.map(\.isValid) == [true, false, true])
      let contents = files.files.map { file in files.content(of: file).map { Array($0) } }
      #expect(contents == [Array("ABCDE".utf8), nil, Array("A".utf8)])
    }
  }
}
