import Foundation
import NIOCore
import Testing

@testable import SMTP2GO

@Suite struct JSONTests {
  @Test(arguments: [
    "", "{", "[1,]", "{\"a\"}", "{\"a\":}", "{a:1}", "tru", "01x", "\"a", "\"\\x\"", "\"\\u12\"",
    "1 2", "{} x", "[1 2]", "+1", ".5", "nul", "'a'", "1e999", "\u{FFFD}",
    String(repeating: "[", count: 100_000),
  ])
  func `what is not JSON is not read`(text: String) {
    #expect(JSONReader.read(ByteBuffer(string: text)) == nil)
  }

  @Test(arguments: [
    ("\"\\u00e9\\ud83d\\ude00\\n\\/\"", "é😀\n/"), ("\"\\ud83dx\"", "\u{FFFD}x"),
    ("\"\\ude00\"", "\u{FFFD}"), ("\"\\ud83d\\u0041\"", "\u{FFFD}A"), ("\u{FEFF}\"a\"", "a"),
    (" \"a\" \n", "a"),
  ])
  func `strings are unescaped`(json: String, text: String) {
    #expect(JSONReader.read(ByteBuffer(string: json)) == .string(text))
  }

  @Test(arguments: Seed.some)
  func `the reader agrees with Foundation`(seed: UInt64) throws {
    var random = Seed(seed)
    for _ in 0..<200 {
      let value = Self.value(&random, depth: 3)
      let data = try JSONSerialization.data(withJSONObject: [value])
      let read = try #require(JSONReader.read(ByteBuffer(bytes: data)), "seed \(seed)")
      #expect(Self.foundation(read) == ([value] as NSArray), "seed \(seed)")
    }
  }

  /// Text is written eight bytes at a time; what has to be escaped may be any of the eight.
  @Test(arguments: 0..<19)
  func `a byte to escape is found at every place of a word`(offset: Int) throws {
    let before = String(repeating: "a", count: offset)
    let after = String(repeating: "z", count: 18 - offset)
    for special in [
      "\"", "\\", "\n", "\r", "\t", "\u{0}", "\u{1F}", " ", "!", "]", "é", "🙂", "\u{7F}",
    ] {
      for text in [before + special + after, before + special + special + after] {
        var writer = JSONWriter()
        writer.string(text)
        #expect(JSONReader.read(try writer.body.collected()) == .string(text), "\(special)")
      }
    }
  }

  @Test(arguments: Seed.some)
  func `the writer is read back by Foundation`(seed: UInt64) throws {
    var random = Seed(seed)
    for _ in 0..<200 {
      let text = random.text(from: "ab\"\\/\n\r\t\0\u{1}\u{1F}\u{7F}é中🙂\u{2028}", 0...20)
      let bytes = (0..<Int.random(in: 0...12, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      var writer = JSONWriter(capacity: 0)
      writer.object { writer in
        writer.key("text")
        writer.string(text)
        writer.key("list")
        writer.array([text, ""]) { writer, element in writer.string(element) }
        writer.key("bytes")
        writer.base64(ArraySource(bytes))
      }
      let json = try Fixture.parsed(String(buffer: try writer.body.collected()))
      #expect(json?["text"] as? String == text, "seed \(seed)")
      #expect(json?["list"] as? [String] == [text, ""], "seed \(seed)")
      #expect(json?["bytes"] as? String == Data(bytes).base64EncodedString(), "seed \(seed)")
    }
  }

  private static func value(_ random: inout Seed, depth: Int) -> NSObject {
    switch Int.random(in: 0...(depth > 0 ? 5 : 3), using: &random) {
    case 0: return NSNull()
    case 1: return NSNumber(value: Int.random(in: -1_000_000...1_000_000, using: &random))
    case 2: return NSNumber(value: Double(Int.random(in: -999...999, using: &random)) / 8)
    case 3: return random.text(from: "ab\"\\/\n\té中🙂", 0...8) as NSString
    case 4:
      return (0..<Int.random(in: 0...4, using: &random)).map { _ in
        value(&random, depth: depth - 1)
      } as NSArray
    default:
      let result = NSMutableDictionary()
      for index in 0..<Int.random(in: 0...4, using: &random) {
        result["k\(index)"] = value(&random, depth: depth - 1)
      }
      return result
    }
  }

  private static func foundation(_ json: JSON) -> NSObject {
    switch json {
    case .null: return NSNull()
    case .bool(let value): return NSNumber(value: value)
    case .number(let value): return NSNumber(value: value)
    case .string(let text): return text as NSString
    case .array(let elements): return elements.map(foundation) as NSArray
    case .object(let members):
      let result = NSMutableDictionary()
      for member in members { result[member.key] = foundation(member.value) }
      return result
    }
  }
}
