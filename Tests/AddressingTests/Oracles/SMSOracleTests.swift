import OracleSupport
import Testing

@testable import Addressing

/// Against PyPI's smsutil.
@Suite struct SMSOracleTests {
  private struct Answer: Decodable {
    let encoding: String
    let units: Int
    let parts: [Int]
  }

  @Test(.enabled(if: Oracle.shouldRun, Oracle.comment), arguments: Seed.some)
  func `texts are cut as smsutil cuts them`(seed: UInt64) async throws {
    var random = Seed(seed)
    let alphabets = ["ab", "ab€[", "€", "aя🙂", "🙂", "e\u{301}👩‍🚀", "Ωέ\n\r@", "ß’ a", "a^çÇ"]
    let texts = (0..<1200).map { index in
      let edge = [70, 134, 153, 160, 201, 306, 459].randomElement(using: &random) ?? 160
      let length = index % 3 == 0 ? 1...700 : (edge - 4)...(edge + 4)
      return random.text(from: alphabets.randomElement(using: &random) ?? "a", length)
    }
    let answers: [Answer] = try await Oracle.answers("values_sms.py", texts)
    #expect(answers.count == texts.count)
    for (text, answer) in zip(texts, answers) {
      let sms = try SMSText(text)
      #expect(sms.encoding.rawValue == answer.encoding, "seed \(seed)")
      #expect(sms.units == answer.units, "seed \(seed)")
      #expect(sms.segments == answer.parts.count, "seed \(seed)")
      let whole = sms.segments == 1 ? sms.encoding.singleLength : sms.encoding.partLength
      #expect(sms.unitsLeft == whole - (answer.parts.last ?? 0), "seed \(seed)")
    }
  }

  @Test(.enabled(if: Oracle.shouldRun, Oracle.comment))
  func `every character has the alphabet that smsutil knows for it`() async throws {
    let scalars = ((0x20...0x7E).map { UInt32($0) } + (0xA0...0x2FFF).map { UInt32($0) })
      .compactMap { Unicode.Scalar($0) }
      .filter { !HeaderText.isForbidden($0) }
    let answers: [Answer] = try await Oracle.answers("values_sms.py", scalars.map { "a\($0)" })
    for (scalar, answer) in zip(scalars, answers) {
      let sms = try SMSText("a\(scalar)")
      #expect(sms.encoding.rawValue == answer.encoding, "U+\(String(scalar.value, radix: 16))")
      #expect(sms.units == answer.units, "U+\(String(scalar.value, radix: 16))")
    }
  }
}
