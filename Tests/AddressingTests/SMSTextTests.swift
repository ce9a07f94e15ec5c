import Testing

@testable import Addressing

@Suite struct SMSTextTests {
  @Test(
    arguments: [
      ("Hello", SMSText.Encoding.gsm7, 5), ("€", .gsm7, 2), ("^{}\\[~]|€", .gsm7, 18),
      ("@£$¥èéùìòÇ\nØø\rÅå", .gsm7, 16), ("ΔΦΓΛΩΠΨΣΘΞ", .gsm7, 10), ("a\r\nb", .gsm7, 4),
      ("ç", .ucs2, 1), ("’", .ucs2, 1), ("🙂", .ucs2, 2), ("👩‍🚀", .ucs2, 5), ("日本", .ucs2, 2),
      ("e\u{301}", .ucs2, 2),
    ] as [(String, SMSText.Encoding, Int)])
  func `the alphabet and length follow the characters`(
    text: String, encoding: SMSText.Encoding, units: Int
  ) throws {
    let sms = try SMSText(text)
    #expect(sms.encoding == encoding)
    #expect(sms.units == units)
    #expect(sms.segments == 1)
    #expect(sms.text == text)
  }

  @Test(arguments: [
    (1, 1), (160, 1), (161, 2), (306, 2), (307, 3), (459, 3), (460, 4), (153 * 255, 255),
  ])
  func `GSM text takes 160 septets alone and 153 in parts`(length: Int, segments: Int) throws {
    #expect(try SMSText(String(repeating: "a", count: length)).segments == segments)
  }

  @Test(arguments: [(70, 1), (71, 2), (134, 2), (135, 3), (201, 3), (202, 4)])
  func `UCS2 text takes 70 units alone and 67 in parts`(length: Int, segments: Int) throws {
    #expect(try SMSText(String(repeating: "я", count: length)).segments == segments)
  }

  @Test(arguments: [
    (158, 160, 1), (159, 161, 2), (152, 154, 1), (304, 306, 3), (303, 305, 2),
  ])
  func `an escape pair is never split`(before: Int, units: Int, segments: Int) throws {
    // The pair sits at the boundary after 152 septets; the rest follows it.
    let head = String(repeating: "a", count: min(before, 152))
    let tail = String(repeating: "b", count: max(0, before - 152))
    let sms = try SMSText(head + "€" + tail)
    #expect(sms.units == units)
    #expect(sms.segments == segments)
  }

  @Test func `an escape pair that does not fit starts the next part`() throws {
    let boundary = String(repeating: "a", count: 152)
    #expect(try SMSText(boundary + "€" + boundary).segments == 3)
    #expect(try SMSText(boundary + "a" + "€" + String(repeating: "a", count: 151)).segments == 2)
  }

  @Test(arguments: [(35, 70, 1), (36, 72, 2), (66, 132, 2), (67, 134, 3), (99, 198, 3)])
  func `a surrogate pair is never split`(count: Int, units: Int, segments: Int) throws {
    let sms = try SMSText(String(repeating: "🙂", count: count))
    #expect(sms.units == units)
    #expect(sms.segments == segments)
  }

  @Test(arguments: [
    ("", "sms.empty"), ("a\tb", "sms.control"), ("a\0", "sms.control"),
    ("\u{C}", "sms.control"), (String(repeating: "a", count: 153 * 255 + 1), "sms.too_long"),
  ])
  func `what cannot be sent is refused`(text: String, code: String) {
    do throws(AddressingIssue) {
      _ = try SMSText(text)
      Issue.record("accepted")
    } catch {
      #expect(error.code == code)
    }
  }

  @Test(arguments: [
    ("It’s “due” – now…", "It's \"due\" - now..."), ("ça", "ca"), ("Łódź", "Lódź"),
    ("Œuvre", "OEuvre"), ("a\u{A0}b", "a b"), ("Αθήνα", "AΘHNA"), ("½ €", "1/2 €"),
    ("e\u{301}a", "éa"), ("soft\u{AD}hyphen’", "softhyphen'"), ("ﬁn", "fin"),
    ("Straße—", "Straße-"),
  ])
  func `lookalikes bring a text into GSM`(text: String, plain: String) throws {
    let expected = plain.replacing("ó", with: "o").replacing("ź", with: "z")
    let sms = try #require(try SMSText(text).transliterated)
    #expect(sms.text == expected)
    #expect(sms.encoding == .gsm7)
  }

  @Test(arguments: ["plain", "€ and [x]", "Привет", "日本", "due 🙂"])
  func `no lookalike is offered where none is needed or none exists`(text: String) throws {
    #expect(try SMSText(text).transliterated == nil)
  }

  @Test(arguments: Seed.some)
  func `parts hold the text and no part is wasted`(seed: UInt64) throws {
    var random = Seed(seed)
    for _ in 0..<100 {
      let isWide = Bool.random(using: &random)
      let sms = try SMSText(random.text(from: isWide ? "aя🙂" : "ab€[", 1...600))
      let part = sms.encoding == .gsm7 ? 153 : 67
      let single = sms.encoding == .gsm7 ? 160 : 70
      guard sms.units > single else {
        #expect(sms.segments == 1, "seed \(seed)")
        continue
      }
      #expect(sms.segments * part >= sms.units, "seed \(seed)")
      #expect((sms.segments - 1) * (part - 1) < sms.units, "seed \(seed)")
    }
  }

  @Test(
    arguments: [
      ("€", 158, 1), (String(repeating: "a", count: 160), 0, 1),
      (String(repeating: "a", count: 161), 145, 2), (String(repeating: "я", count: 71), 63, 2),
      ("🙂", 68, 1), (String(repeating: "a", count: 152) + "€" + "abcdefgh", 143, 2),
    ] as [(String, Int, Int)])
  func `what is left counts to the next SMS`(text: String, left: Int, segments: Int) {
    let sms = try? SMSText(text)
    #expect(sms?.unitsLeft == left)
    #expect(sms?.segments == segments)
    let more = try? SMSText(text + String(repeating: text.hasPrefix("я") ? "я" : "a", count: left))
    #expect(more?.segments == segments)
  }

  @Test func `a message prints its size only`() throws {
    #expect("\(try SMSText("secret"))" == "SMSText(gsm7, 1 segments)")
  }
}
