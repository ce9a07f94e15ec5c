import ActionProtocol
import Testing

@Suite("JSON reader")
struct JSONReaderTests {
  static func issues(_ text: String) -> [String] {
    switch JSONReader.read(text) {
    case .success: []
    case .failure(let failure): failure.issues.map { $0.code + " " + $0.pointer.rawValue }
    }
  }

  @Test(
    arguments: [
      ("null", JSONValue.null), (" true ", true), ("[]", []), ("{}", [:]), ("1.0", 1), ("1e2", 100),
      ("-0", 0), ("-0.0", 0), ("0.5", 0.5), ("9007199254740991", 9_007_199_254_740_991),
      ("-9007199254740991", -9_007_199_254_740_991), ("9007199254740991.0", 9_007_199_254_740_991),
      ("1e-400", 0), ("0.1", 0.1), ("123456789012345678e-10", 12_345_678.9012345678),
      (#""\u00e9\ud83d\ude42\n\/\"\\""#, "é🙂\n/\"\\"), ("\"\u{7F}é🙂\"", "\u{7F}é🙂"),
      (#"{"b":[1,{"a":null}]}"#, ["b": [1, ["a": .null]]]),
    ] as [(String, JSONValue)])
  func `reads what JSON allows`(text: String, value: JSONValue) throws {
    #expect(try JSONReader.read(text).get() == value)
  }

  @Test(arguments: [
    "", " ", "nul", "nulll", "tru", "01", "-", "1.", ".5", "1e", "+1", "0x1", "NaN", "Infinity",
    "[1,]",
    "[1 2]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "'a'", "\"a", "\"\\x\"", "\"\\u12\"",
    "\"\\u12g4\"", "\"\t\"", "1 2", "[", "{", "{\"a\":1", "\u{FEFF}1", "// c\n1", "é",
  ])
  func `stops at a syntax error`(text: String) {
    #expect(Self.issues(text).contains { $0.hasPrefix("json.syntax") })
  }

  @Test(
    arguments: [
      (#"{"a":1,"b":{"c":2,"c":3},"a":4}"#, ["json.duplicate_key /b/c", "json.duplicate_key /a"]),
      (#"{"a":1,"\u0061":2}"#, ["json.duplicate_key /a"]),
      (#"["\ud800","x\udc00y","\ud83d\u0041"]"#, (0...2).map { "json.lone_surrogate /\($0)" }),
      (#"{"\ud800":1}"#, ["json.lone_surrogate "]),
      (
        #"{"n":[9007199254740992,-9007199254740992,1e300,1e400]}"#,
        (0...3).map { "json.number_range /n/\($0)" }
      ),
      (#"{"a/b~c":{"d":1,"d":2}}"#, ["json.duplicate_key /a~1b~0c/d"]),
      (
        #"{"a":1,"a":2,"b":99999999999999999999}"#,
        ["json.duplicate_key /a", "json.number_range /b"]
      ),
    ] as [(String, [String])])
  func `collects what it can read past`(text: String, issues: [String]) {
    #expect(Self.issues(text) == issues)
  }

  @Test func `keys that are canonically equivalent are different keys`() throws {
    let value = try JSONReader.read("{\"\u{e9}\":1,\"e\u{301}\":2}").get()
    #expect(value.objectValue?.count == 2)
    #expect(value.objectValue?["e\u{301}"] == 2)
    #expect(JSONValue.string("\u{e9}") != .string("e\u{301}"))
  }

  @Test func `64 levels are read and 65 are not`() {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(Self.issues(nested(64)).isEmpty)
    #expect(Self.issues(nested(65)).first?.hasPrefix("json.too_deep") == true)
    #expect(Self.issues(String(repeating: "{\"a\":", count: 100_000)).count == 1)
  }

  @Test func `a document at the limit is read and one byte more is not`() {
    let text = "\"" + String(repeating: "a", count: 98) + "\""
    #expect((try? JSONReader.read(text, byteLimit: 100).get()) != nil)
    guard case .failure(let failure) = JSONReader.read(text, byteLimit: 99) else {
      Issue.record("a document beyond the limit was read")
      return
    }
    #expect(failure.issues.map(\.code) == ["json.too_large"])
  }

  @Test(
    arguments: [
      [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
      [0x22, 0xC0, 0xAF, 0x22],
      [0x22, 0x5C, 0x6E, 0xFF, 0x22],
    ] as [[UInt8]])
  func `refuses what is not UTF-8`(bytes: [UInt8]) {
    guard case .failure(let failure) = JSONReader.read(bytes) else {
      Issue.record("invalid UTF-8 was read")
      return
    }
    #expect(failure.issues.map(\.code) == ["json.utf8"])
  }

  @Test func `an object with many members stays searchable`() throws {
    let text = "{" + (0..<5000).map { "\"k\($0)\":\($0)" }.joined(separator: ",") + ",\"k7\":1}"
    #expect(Self.issues(text) == ["json.duplicate_key /k7"])
    var object = JSONObject()
    for index in 0..<100 { object["k\(index)"] = .integer(Int64(index)) }
    object["k3"] = nil
    #expect(object.count == 99)
    #expect(object["k3"] == nil)
    #expect(object["k99"] == 99)
  }

  @Test func `no more issues are reported than help anybody`() {
    let text = "[" + Array(repeating: "1e300", count: 5000).joined(separator: ",") + "]"
    #expect(Self.issues(text).count == 500)
  }

  @Test(arguments: Seeds.all)
  func `what is written is read back`(seed: UInt64) throws {
    var generator = ProposalGenerator(seed: seed)
    for _ in 0..<500 {
      let value = generator.value(depth: 4)
      #expect(try JSONReader.read(CanonicalJSON.encode(value)).get() == value, "seed \(seed)")
      #expect(try JSONReader.read(PrettyJSON.encode(value)).get() == value, "seed \(seed)")
    }
  }

  @Test(arguments: Seeds.all)
  func `arbitrary bytes never trap`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let alphabet =
      Array("{}[]\",:\\u0123456789abcdefeE+-. truefalsn".utf8) + [0xC3, 0xA9, 0xFF, 0x0A]
    for _ in 0..<3000 {
      let bytes = random.list(0...24) { $0.pick(alphabet) }
      if case .failure(let failure) = JSONReader.read(bytes) {
        #expect(!failure.issues.isEmpty, "seed \(seed)")
      }
    }
  }

  /// Text is read eight bytes at a time; what ends it or stands for another may be any of the eight.
  @Test(arguments: 0..<19)
  func `a special byte is found at every place of a word`(offset: Int) throws {
    let before = String(repeating: "a", count: offset)
    let after = String(repeating: "z", count: 18 - offset)
    for (written, meant) in [
      (#"\""#, "\""), (#"\\"#, "\\"), (#"\n"#, "\n"), ("é", "é"), ("🙂", "🙂"), (" ", " "),
      ("!", "!"), ("#", "#"), ("[", "["), ("]", "]"), ("\u{7F}", "\u{7F}"),
    ] {
      for twice in [written, written + written] {
        let text = twice == written ? meant : meant + meant
        #expect(
          try JSONReader.read("\"\(before)\(twice)\(after)\"").get()
            == .string(before + text + after), "\(written)")
      }
    }
    for raw in ["\u{0}", "\u{1}", "\u{1F}", "\n", "\t"] {
      #expect(
        Self.issues("\"\(before)\(raw)\(after)\"") == ["json.syntax "], "\(raw.utf8.first ?? 0)")
      #expect(Self.issues("\"\\n\(before)\(raw)\(after)\"") == ["json.syntax "])
    }
    #expect(Self.issues("\"\(before)\(after)") == ["json.syntax "])
  }

  @Test func `a key is missed nowhere, whether keys ascend or not`() {
    for (text, found) in [
      (#"{"a":1,"b":2,"b":3}"#, ["/b"]), (#"{"a":1,"c":2,"b":3,"c":4}"#, ["/c"]),
      (#"{"b":1,"a":2,"c":3,"b":4,"a":5}"#, ["/b", "/a"]),
      (#"{"a":1,"a":2,"b":3,"b":4}"#, ["/a", "/b"]),
      (#"{"a":1,"aa":2,"b":3}"#, []),
    ] {
      #expect(Self.issues(text) == found.map { "json.duplicate_key \($0)" }, "\(text)")
    }
  }
}
