import OracleSupport
import Testing

@testable import Addressing

/// Against PyPI's email-validator, asked for the rules that docs/reference/addressing.md names.
@Suite struct EmailOracleTests {
  private struct Answer: Decodable {
    let ascii: String
    let domain: String
  }

  @Test(.enabled(if: Oracle.shouldRun, Oracle.comment), arguments: Seed.some)
  func `addresses are read as email-validator reads them`(seed: UInt64) async throws {
    var random = Seed(seed)
    let texts = Self.vectors + Self.limits + (0..<4000).map { _ in Self.address(&random) }
    try await compare(texts, seed)
  }

  @Test(.enabled(if: Oracle.shouldRun, Oracle.comment))
  func `every letter in a domain is mapped, kept or refused alike`() async throws {
    let blocks: [ClosedRange<UInt32>] = [
      0x21...0x33FF, 0x4DC0...0x4E20, 0xA000...0xABFF, 0xD7A0...0xD7FF, 0xF900...0xFFFD,
      0x10000...0x12FFF, 0x16A00...0x16FFF, 0x1D100...0x1FBFF, 0x2F800...0x2FA1F,
    ]
    let scalars = blocks.joined().compactMap { Unicode.Scalar($0) }
    let young = scalars.filter { ($0.properties.age?.major ?? 99) > 14 }
    #expect(!young.isEmpty)
    try await compare(scalars.flatMap { ["a@b\($0)c.com", "a@\($0).com"] }, 0)
  }

  private func compare(_ texts: [String], _ seed: UInt64) async throws {
    let answers: [Answer?] = try await Oracle.answers("values_email.py", texts)
    #expect(answers.count == texts.count)
    #expect(answers.contains { $0 != nil })
    for (text, answer) in zip(texts, answers) {
      let ours = try? EmailAddress(text)
      #expect(ours?.rawValue == answer?.ascii, "seed \(seed): \(text)")
      #expect(ours?.unicodeDomain == answer?.domain, "seed \(seed): \(text)")
    }
  }

  private static func address(_ random: inout Seed) -> String {
    let local =
      Bool.random(using: &random)
      ? "ab" : random.text(from: "abZ09.!#$%&'*+/=?^_`{|}~- @\"(),:;<>[\\]é", 0...8)
    let alphabets = [
      "abAB.-_@", "xn--1a.", "aé中яß.-", "אב1٠-a", "a\u{301}ßẞİıſ", "ab \"<>()[],;:\\", "ابپ۱٢é",
      "नि\u{94D}\u{200D}\u{200C}क", "lł·ʼ・カ", "σςΣϲΆ\u{345}ᾳ",
    ]
    let alphabet = alphabets.randomElement(using: &random) ?? ""
    let ends = [".com", ".de", "", ".c0m", ".c1", ".", ".рф", ".xn--p1ai", "。jp"]
    return local + "@" + random.text(from: alphabet, 0...9)
      + (ends.randomElement(using: &random) ?? "")
  }

  /// Picked by hand from the RFCs' own examples and what forms are known to get wrong.
  private static let vectors: [String] =
    [
      "simple@example.com", "very.common@example.com", "x@example.com",
      "long.email-address-with-hyphens@and.subdomains.example.com", "name/surname@example.com",
      "admin@example", "example@s.example", "\" \"@example.org", "\"john..doe\"@example.org",
      "mailhost!username@example.org", "user%example.com@example.org", "user-@example.org",
      "postmaster@[123.123.123.123]", "postmaster@[IPv6:2001:db8::1]", "_test@[IPv6:::1]",
      "abc.example.com", "a@b@c@example.com", "a\"b(c)d,e:f;g<h>i[j\\k]l@example.com",
      "just\"not\"right@example.com", "this is\"not\\allowed@example.com",
      "i.like.underscores@but_they_are_not_allowed.example.com", "test@localhost.localdomain",
      "first.last@-xample.com", "first.last@exampl-.com", "a@1.2.3.4", "a@b.123c", "a@b.c-d",
      "a@3com.com", "a@123.com", "a@xn--80ak6aa92e.com", "a@xn--iñvalid.com", "a@XN--P1AI.com",
      "a@faß.de", "a@xn--fa-hia.de", "a@ab--cd.com", "a@a-.b.com", "test@ⓔⓧⓐⓜⓟⓛⓔ.com",
      "a@\u{202E}b.com", "a@b\u{AD}c.com", "a@b\u{2024}com", "a\u{0}@b.com", "a@b.com\n",
      "\ta@b.com",
      "Ann <a@b.com>", "<a@b.com>", "a@b.com, c@d.com", "a@b.com;c@d.com", "mailto:a@b.com",
    ]

  /// At and beside every limit of length.
  private static var limits: [String] {
    var texts: [String] = []
    for length in 62...64 {
      texts.append("a@" + String(repeating: "b", count: length) + ".org")
      texts.append("a@" + String(repeating: "é", count: length - 5) + ".org")
      texts.append(String(repeating: "a", count: length + 1) + "@example.org")
    }
    let label = String(repeating: "b", count: 62) + "."
    for length in 58...64 {
      texts.append(String(repeating: "a", count: length) + "@" + label + label + label + "com")
    }
    return texts
  }
}
