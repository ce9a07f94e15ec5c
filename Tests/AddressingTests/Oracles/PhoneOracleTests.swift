import OracleSupport
import Testing

@testable import Addressing

/// Against PyPI's phonenumbers, with the promises of docs/reference/addressing.md.
@Suite struct PhoneOracleTests {
  private struct Answer: Decodable {
    let e164: String
    let possible: Bool
    let valid: Bool
    let national: String
    let international: String
  }

  private struct Example {
    let country: String
    let code: String
    let national: String
  }

  private static let detailed: Set<String> = [
    "US", "CA", "GB", "DE", "FR", "ES", "IT", "NL", "SE", "AU", "NZ", "ZA", "IN",
  ]

  @Test(.enabled(if: Oracle.shouldRun, Oracle.comment), arguments: Seed.some)
  func `between valid and possible lies what we accept, for every country`(seed: UInt64)
    async throws
  {
    var random = Seed(seed)
    let cases = try await examples().flatMap { example in
      (0..<12).map { _ in [nil, "+" + example.code + mutated(example.national, &random)] }
    }
    try await compare(cases, seed) { text, ours, answer in
      #expect(ours == nil || answer?.possible == true, "seed \(seed): \(text)")
    }
  }

  @Test(.enabled(if: Oracle.shouldRun, Oracle.comment), arguments: Seed.some)
  func `national spellings of the detailed plans are read alike`(seed: UInt64) async throws {
    var random = Seed(seed)
    let cases = try await examples().filter { Self.detailed.contains($0.country) }.flatMap {
      example in
      (0..<60).map { _ in
        [example.country, spelled(mutated(example.national, &random), example, &random)]
      }
    }
    try await compare(cases, seed) { _, _, _ in }
  }

  @Test(.enabled(if: Oracle.shouldRun, Oracle.comment))
  func `example numbers come back from their printed forms`() async throws {
    let examples = try await examples()
    let answers: [Answer?] = try await Oracle.answers(
      "values_phone.py", examples.map { [nil, "+" + $0.code + $0.national] }.map(pair))
    var printed = 0
    for (example, answer) in zip(examples, answers) {
      guard let answer, !isException(answer.e164) else { continue }
      printed += 1
      for text in [answer.international, answer.e164, "tel:" + answer.e164] {
        #expect((try? PhoneNumber(text, country: nil))?.e164 == answer.e164, "\(text)")
      }
      guard Self.detailed.contains(example.country) else { continue }
      let number = try PhoneNumber(answer.national, country: example.country)
      #expect(number.e164 == answer.e164, "\(answer.national)")
      #expect(number.nationalFormat == answer.national)
      #expect(number.international == answer.international || isHomeOnly(answer))
    }
    #expect(printed > 1000)
  }

  /// Valid numbers are accepted as the same number; what both accept is the same number.
  private func compare(
    _ cases: [[String?]], _ seed: UInt64, _ also: (String, String?, Answer?) -> Void
  ) async throws {
    let answers: [Answer?] = try await Oracle.answers("values_phone.py", cases.map(pair))
    #expect(answers.contains { $0?.valid == true })
    for (question, answer) in zip(cases, answers) {
      let (country, text) = (question[0], question[1] ?? "")
      let ours = (try? PhoneNumber(text, country: country))?.e164
      // A plus sign with something else than the E.164 form behind it is a local form that some
      // countries' tables rewrite.
      if country == nil, let answer, answer.e164 != text { continue }
      if let answer, answer.valid, !isException(answer.e164) {
        #expect(ours == answer.e164, "seed \(seed): \(text) \(country ?? "")")
      }
      if let ours, let answer, answer.possible {
        #expect(ours == answer.e164, "seed \(seed): \(text) \(country ?? "")")
      }
      also(text, ours, answer)
    }
  }

  /// Numbers that docs/reference/addressing.md names: fewer than 7 or more than 15 digits, and
  /// Canada's 310-xxxx without area code.
  private func isException(_ e164: String) -> Bool {
    !(8...16).contains(e164.utf8.count) || e164.hasPrefix("+1310") && e164.utf8.count == 9
  }

  /// Numbers that cannot be dialled from abroad: the library leaves them ungrouped there.
  private func isHomeOnly(_ answer: Answer) -> Bool {
    answer.international.split(separator: " ").count == 2
  }

  private func examples() async throws -> [Example] {
    let rows: [[String]] = try await Oracle.answers("values_phone.py", ["examples"])
    return rows.map { Example(country: $0[0], code: $0[1], national: $0[2]) }
  }

  /// A number with the same beginning and random digits after it, now and then a digit more or
  /// fewer.
  private func mutated(_ national: String, _ random: inout Seed) -> String {
    let kept = Int.random(in: 1...national.count, using: &random)
    let change = [0, 0, 0, 0, -1, 1].randomElement(using: &random) ?? 0
    let rest = max(0, national.count - kept + change)
    return national.prefix(kept) + random.text(from: "0123456789", rest...rest)
  }

  private func spelled(_ national: String, _ example: Example, _ random: inout Seed) -> String {
    let trunk = ["1": "1", "34": "", "39": ""][example.code] ?? "0"
    let exit = ["1": "011", "61": "0011"][example.code] ?? "00"
    let heads = [
      trunk, trunk, "", "+\(example.code) ", "+\(example.code) (\(trunk))",
      "\(exit) \(example.code) ",
    ]
    var text = heads.randomElement(using: &random) ?? ""
    for digit in national {
      if Int.random(in: 0..<4, using: &random) == 0 {
        text += [" ", "-", ".", "/", " - ", "\u{A0}"].randomElement(using: &random) ?? ""
      }
      text.append(digit)
    }
    return text
  }

  private func pair(_ question: [String?]) -> [String?] { [question[1], question[0]] }
}
