import Testing

@testable import Addressing

@Suite struct EmailAddressTests {
  @Test(arguments: [
    ("ann@example.org", "ann@example.org"),
    ("Ann.Lee+tag@EXAMPLE.org", "Ann.Lee+tag@example.org"),
    ("!#$%&'*+-/=?^_`{|}~@example.org", "!#$%&'*+-/=?^_`{|}~@example.org"),
    ("a@münchen.de", "a@xn--mnchen-3ya.de"), ("a@MÜNCHEN.DE", "a@xn--mnchen-3ya.de"),
    ("a@mu\u{308}nchen.de", "a@xn--mnchen-3ya.de"), ("a@straße.de", "a@xn--strae-oqa.de"),
    ("a@xn--mnchen-3ya.de", "a@xn--mnchen-3ya.de"),
    ("a@XN--MNCHEN-3YA.de", "a@xn--mnchen-3ya.de"), ("a@例え.jp", "a@xn--r8jz45g.jp"),
    ("a@ＥＸＡＭＰＬＥ.com", "a@example.com"), ("a@b。com", "a@b.com"),
    ("a@l·l.cat", "a@xn--ll-0ea.cat"), ("a@ΒΌΛΟΣ.gr", "a@xn--nxasmq6b.gr"),
  ])
  func `a sound address is kept with an ASCII domain`(text: String, raw: String) throws {
    let address = try EmailAddress(text)
    #expect(address.rawValue == raw)
  }

  @Test(arguments: [
    ("", "email.empty"), ("ann", "email.no_at"), ("@example.org", "email.local_empty"),
    ("ann@", "email.domain_empty"), ("ann@example", "email.domain_no_dot"),
    (".ann@example.org", "email.local_dot"), ("ann.@example.org", "email.local_dot"),
    ("a..n@example.org", "email.local_dot"), ("\"a b\"@example.org", "email.local_quoted"),
    ("a b@example.org", "email.local_character"), ("a@b@example.org", "email.local_character"),
    ("a,b@example.org", "email.local_character"), ("zoë@example.org", "email.local_not_ascii"),
    ("a@[192.0.2.1]", "email.domain_literal"), ("a@192.0.2.1", "email.domain_numeric"),
    ("a@-b.org", "email.domain_label"), ("a@b-.org", "email.domain_label"),
    ("a@b..org", "email.domain_label"), ("a@example.org.", "email.domain_label"),
    ("a@b_c.org", "email.domain_character"), ("a@ b.org", "email.domain_character"),
    ("a@ab--cd.org", "email.domain_idn"), ("a@xn--zzzzzz.de", "email.domain_idn"),
    ("a@☃.com", "email.domain_idn"), ("a@אבa.com", "email.domain_idn"),
    ("a@٠١.com", "email.domain_idn"), ("a@a·b.com", "email.domain_idn"),
    ("a@b.org\r\nBcc: c@d.org", "email.control"), ("a\0@b.org", "email.control"),
    (" a@b.org", "email.local_character"), ("a@b.org ", "email.domain_character"),
  ])
  func `an unsound address is refused by the rule that it breaks`(text: String, code: String) {
    do throws(AddressingIssue) {
      _ = try EmailAddress(text)
      Issue.record("accepted")
    } catch {
      #expect(error.code == code)
    }
  }

  @Test(arguments: [
    ("a@xn--mnchen-3ya.de", "münchen.de"), ("a@MÜNCHEN.de", "münchen.de"),
    ("a@example.org", "example.org"), ("a@例え.xn--p1ai", "例え.рф"),
  ])
  func `a domain is shown in its own script`(text: String, domain: String) throws {
    #expect(try EmailAddress(text).unicodeDomain == domain)
  }

  @Test(arguments: [
    "a@b.c1", "a@b\u{200D}c.com", "a@b\u{AD}c.com", "a@b\u{2024}com", "a@\u{301}b.com",
    "a@क\u{94D}\u{200D}ष.com", "a@b\u{1AE0}c.com",
  ])
  func `what deceives or no registry sells is refused`(text: String) {
    #expect(throws: AddressingIssue.self) { try EmailAddress(text) }
  }

  @Test func `a mark behind a dot does not hide it`() throws {
    #expect(try EmailAddress("a@ൎ.com").domain == "xn--xxc.com")
  }

  @Test(arguments: [(64, true), (65, false)])
  func `a local part has at most 64 octets`(length: Int, isAccepted: Bool) {
    let text = String(repeating: "a", count: length) + "@example.org"
    #expect(((try? EmailAddress(text)) != nil) == isAccepted)
  }

  @Test(arguments: [(63, true), (64, false)])
  func `a label has at most 63 octets`(length: Int, isAccepted: Bool) {
    let text = "a@" + String(repeating: "b", count: length) + ".org"
    #expect(((try? EmailAddress(text)) != nil) == isAccepted)
  }

  @Test(arguments: [(253, true), (254, true), (255, false)])
  func `an address has at most 254 octets`(length: Int, isAccepted: Bool) {
    let label = String(repeating: "b", count: 62)
    let domain = "\(label).\(label).\(label).org"
    let local = String(repeating: "a", count: length - domain.utf8.count - 1)
    #expect(local.utf8.count <= 64)
    #expect(((try? EmailAddress("\(local)@\(domain)")) != nil) == isAccepted)
  }

  @Test(arguments: [
    ("Ann@Example.org", "ann@example.org"), ("ann+news@example.org", "ann@example.org"),
    ("+news@example.org", "+news@example.org"), ("a.n.n@example.org", "a.n.n@example.org"),
    ("A.n.N+x@gmail.com", "ann@gmail.com"), ("ann@googlemail.com", "ann@gmail.com"),
  ])
  func `spellings of one mailbox share an identity`(text: String, identity: String) throws {
    #expect(try EmailAddress(text).identity == identity)
  }

  @Test func `nothing that prints an address shows it`() throws {
    let address = try EmailAddress("secret.person@example.org")
    var dumped = ""
    dump([address], to: &dumped)
    for text in ["\(address)", String(reflecting: address), "\([address])", dumped] {
      #expect(!text.contains("secret"))
    }
  }

  @Test func `an issue never repeats the address`() {
    do throws(AddressingIssue) {
      _ = try EmailAddress("secret person@example.org")
    } catch {
      #expect(!"\(error)\(error.message)\(error.remedy)".contains("secret"))
    }
  }

  @Test(arguments: Seed.some)
  func `parsing the raw value gives an equal address`(seed: UInt64) throws {
    var random = Seed(seed)
    for _ in 0..<200 {
      let text =
        random.text(from: "abZ09.!+-_~", 1...12) + "@"
        + random.text(from: "aé中яßZ0-", 1...8) + "." + random.text(from: "abcü", 2...5)
      guard let address = try? EmailAddress(text) else { continue }
      #expect(try EmailAddress(address.rawValue) == address, "seed \(seed)")
      #expect(address.rawValue.utf8.allSatisfy { $0 < 0x80 }, "seed \(seed)")
    }
  }
}
