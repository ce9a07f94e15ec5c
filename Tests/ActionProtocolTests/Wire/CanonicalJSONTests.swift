import ActionProtocol
import OracleSupport
import Testing

@Suite("Canonical JSON")
struct CanonicalJSONTests {
  /// RFC 8785, Appendix B.
  @Test(
    arguments: [
      (0x0000_0000_0000_0000, "0"), (0x8000_0000_0000_0000, "0"),
      (0x0000_0000_0000_0001, "5e-324"), (0x8000_0000_0000_0001, "-5e-324"),
      (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
      (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"),
      (0x4340_0000_0000_0000, "9007199254740992"), (0xc340_0000_0000_0000, "-9007199254740992"),
      (0x4430_0000_0000_0000, "295147905179352830000"),
      (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
      (0x44b5_2d02_c7e1_4af6, "1e+23"), (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"),
      (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
      (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"), (0x444b_1ae4_d6e2_ef50, "1e+21"),
      (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"), (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
      (0x41b3_de43_5555_5553, "333333333.3333332"), (0x41b3_de43_5555_5554, "333333333.33333325"),
      (0x41b3_de43_5555_5555, "333333333.3333333"), (0x41b3_de43_5555_5556, "333333333.3333334"),
      (0x41b3_de43_5555_5557, "333333333.33333343"),
      (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
      (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
    ] as [(UInt64, String)])
  func `prints numbers as the RFC's vectors`(bits: UInt64, text: String) {
    #expect(CanonicalJSON.text(.number(Double(bitPattern: bits))) == text)
  }

  /// RFC 8785, 3.2.2 and 3.2.3.
  @Test func `gives the RFC's sample`() throws {
    let sample = #"""
      {
        "numbers": [333333333.33333329, 1E15, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
        "literals": [null, true, false]
      }
      """#
    let expected =
      #"{"literals":[null,true,false],"numbers":[333333333.3333333,1000000000000000,4.5,0.002,"#
      + #"1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}"#
    #expect(CanonicalJSON.text(try JSONReader.read(sample).get()) == expected)
  }

  /// RFC 8785, 3.2.3: by UTF-16 code units.
  @Test func `orders keys as the RFC's sample`() throws {
    let sample = #"""
      {"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh",
       "1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control",
       "\u00f6":"Latin Small Letter O With Diaeresis"}
      """#
    let object = try JSONReader.read(sample).get()
    let again = try JSONReader.read(CanonicalJSON.encode(object)).get()
    #expect(
      again.objectValue?.keys == [
        "\r", "1", "\u{80}", "\u{f6}", "\u{20ac}", "\u{1f600}", "\u{fb33}",
      ])
  }

  @Test func `escapes only what it must`() {
    #expect(
      CanonicalJSON.text("\u{0}\u{8}\t\n\u{c}\r\u{1f}\"\\/\u{7f}é")
        == #""\u0000\b\t\n\f\r\u001f\"\\/"# + "\u{7f}é\"")
  }

  @Test(.enabled(if: Oracle.shouldRun, Oracle.comment), arguments: Seeds.all)
  func `agrees with a foreign implementation on form and digest`(seed: UInt64) async throws {
    var generator = ProposalGenerator(seed: seed)
    var values: [JSONValue] = []
    for _ in 0..<400 { values.append(.object(generator.object(depth: 4))) }
    for _ in 0..<100 { values.append(try generator.proposal().json) }
    // Pretty text has other white space and key order; only line breaks outside strings go.
    let lines = values.map { PrettyJSON.encode($0).replacing("\n", with: " ") }
    let answers = try await Oracle.answer(
      "protocol_canonical.py", input: Array(lines.joined(separator: "\n").utf8))
    #expect(answers == values.map { .string(Digest.ofCanonical($0).hex) }, "seed \(seed)")
  }

  @Test(arguments: Seeds.all)
  func `is independent of key order and white space`(seed: UInt64) throws {
    var generator = ProposalGenerator(seed: seed)
    for _ in 0..<100 {
      let value = try generator.proposal().json
      let shuffled = Self.shuffled(value, &generator.random)
      #expect(shuffled == value)
      #expect(CanonicalJSON.encode(shuffled) == CanonicalJSON.encode(value), "seed \(seed)")
      let reread = try JSONReader.read(PrettyJSON.encode(shuffled)).get()
      #expect(Digest.ofCanonical(reread) == Digest.ofCanonical(value), "seed \(seed)")
      #expect(reread.hashValue == value.hashValue, "seed \(seed)")
    }
  }

  static func shuffled(_ value: JSONValue, _ random: inout SeededGenerator) -> JSONValue {
    switch value {
    case .array(let items): .array(items.map { shuffled($0, &random) })
    case .object(let object):
      .object(
        JSONObject(
          object.members.shuffled(using: &random).map { ($0.key, shuffled($0.value, &random)) }))
    default: value
    }
  }
}
