import Foundation
import NIOCore
import Testing

@testable import Odoo

@Suite struct JSONTests {
  @Test(
    arguments: [
      ("{}", OdooJSON.object([:])), ("[]", .array([])), (" 1 ", .int(1)), ("-0", .int(0)),
      ("1.0", .double(1)), ("1e3", .double(1000)), ("9223372036854775807", .int(.max)),
      ("9223372036854775808", .double(9_223_372_036_854_775_808)), ("true", .bool(true)),
      (#""\u00e9\ud83d\ude00\n\/""#, .string("é😀\n/")), (#""\ud83d""#, .string("\u{FFFD}")),
      (#"{"a":[{"b":null}]}"#, ["a": [["b": .null]]]),
    ] as [(String, OdooJSON)])
  func `JSON is read`(text: String, value: OdooJSON) { #expect(JSONReader.read(text) == value) }

  @Test(arguments: [
    "", " ", "{", "[", "[1", "[1,", "[1,]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "tru",
    "nul", "NaN", "Infinity", "-", "+1", ".5", "1.", "1e", "01x", "'a'", "\"a", "\"\\x\"",
    "\"\\u12\"", "1 2", "{}{}", "<html>", "\u{FEFF}{}", "[1]]", "\"a\nb\"", "1e999",
    #"{"a":1,"a":2}"#,
  ])
  func `what is not exactly one value is nothing`(text: String) {
    #expect(JSONReader.read(text) == nil)
  }

  @Test func `bytes that are no UTF-8 are nothing`() {
    for bytes in [[0x22, 0xFF, 0x22], [0x22, 0x5C, 0x6E, 0xC3, 0x22]] as [[UInt8]] {
      #expect(bytes.withUnsafeBytes { JSONReader.read($0) } == nil)
    }
  }

  @Test func `nesting has a bound`() {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(JSONReader.read(nested(64)) != nil)
    #expect(JSONReader.read(nested(65)) == nil)
    #expect(JSONReader.read(String(repeating: "[", count: 1_000_000)) == nil)
    #expect(JSONReader.read(String(repeating: #"{"a":"#, count: 1_000_000)) == nil)
  }

  @Test func `no part of a value is a value, and no change of a byte crashes`() throws {
    let text = #"{"jsonrpc":"2.0","id":1,"result":[{"id":3,"a":[5,"é😀"],"b":false,"c":-1.5e3}]}"#
    let bytes = Array(text.utf8)
    for length in 0..<bytes.count {
      #expect(bytes[..<length].withUnsafeBytes { JSONReader.read($0) } == nil)
    }
    for index in bytes.indices {
      for change in [0x00, 0x22, 0x5B, 0x5D, 0x7B, 0x7D, 0x2C, 0xFF] as [UInt8] {
        var changed = bytes
        changed[index] = change
        _ = changed.withUnsafeBytes { JSONReader.read($0) }
      }
    }
  }

  @Test func `what is written is read back, by us and by others`() throws {
    let value: OdooJSON = [
      "text": "é😀\"\\\n\r\t\u{7}/\u{2028}", "numbers": [0, -7, .double(0.1), .double(1e300)],
      "nothing": .null, "flags": [true, false], "nested": [[], [:]],
    ]
    let bytes = JSONWriter.bytes(value)
    #expect(bytes.withUnsafeReadableBytes { JSONReader.read($0) } == value)
    let foreign = try JSONSerialization.jsonObject(with: Data(bytes.readableBytesView))
    let text = (foreign as? [String: Any])?["text"] as? String
    #expect(text == value["text"]?.text)
  }
}
