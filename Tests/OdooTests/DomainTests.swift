import Testing

@testable import Odoo

@Suite struct DomainTests {
  private static let a = Domain.choice("state").is("open")
  private static let b = Domain.flag("active").is(false)
  private static let c = Domain.link("stage_id").isOneOf([1, 2])

  static let table: [(Domain, String)] = [
    (.all, "[]"), (.all(of: []), "[]"), (.any(of: []), #"[[0,"=",1]]"#),
    (!Domain.all, #"["!",[1,"=",1]]"#), (a, #"[["state","=","open"]]"#),
    (a && b, #"[["state","=","open"],["active","=",false]]"#),
    (a && b && c, #"[["state","=","open"],["active","=",false],["stage_id","in",[1,2]]]"#),
    (a || b, #"["|",["state","=","open"],["active","=",false]]"#),
    (
      a || b || c,
      #"["|","|",["state","=","open"],["active","=",false],["stage_id","in",[1,2]]]"#
    ),
    (
      a || (b && c),
      #"["|",["state","=","open"],"&",["active","=",false],["stage_id","in",[1,2]]]"#
    ),
    (
      (a || b) && c,
      #"["|",["state","=","open"],["active","=",false],["stage_id","in",[1,2]]]"#
    ),
    (
      !(a && b) && c,
      #"["!","&",["state","=","open"],["active","=",false],["stage_id","in",[1,2]]]"#
    ),
    (!(!a), #"["!","!",["state","=","open"]]"#),
    (a || .all, #"["|",["state","=","open"],[1,"=",1]]"#),
    (Domain.text("email").isEmpty, #"[["email","=",false]]"#),
    (Domain.text("name").contains("50%_a\\"), #"[["name","ilike","50\\%\\_a\\\\"]]"#),
    (Domain.id.isOneOf([]), #"[["id","in",[]]]"#),
    (Domain.link("partner_id").isWithin(3), #"[["partner_id","child_of",3]]"#),
    (Domain.choice("state").isNoneOf(["x"]), #"[["state","not in",["x"]]]"#),
  ]

  @Test(arguments: table)
  func `a domain is written as Odoo reads it`(domain: Domain, text: String) throws {
    #expect(try domain.json == Fixture.json(text))
  }

  @Test func `days and instants are written in the only forms that all versions take`() throws {
    let day = try #require(OdooDate("2026-11-03"))
    let time = try #require(OdooTime("2026-11-03 23:59:58"))
    #expect(
      try Domain.date("due").isBefore(day).json == Fixture.json(#"[["due","<","2026-11-03"]]"#))
    #expect(
      try Domain.time("at").isAtOrAfter(time).json
        == Fixture.json(#"[["at",">=","2026-11-03 23:59:58"]]"#))
  }

  /// Reads prefix form back, independently of how it was written.
  private func holds(_ terms: inout ArraySlice<OdooJSON>, _ facts: Set<String>) -> Bool {
    switch terms.removeFirst() {
    case "&":
      let left = holds(&terms, facts)
      return holds(&terms, facts) && left
    case "|":
      let left = holds(&terms, facts)
      return holds(&terms, facts) || left
    case "!": return !holds(&terms, facts)
    case let leaf:
      if leaf == [1, "=", 1] { return true }
      if leaf == [0, "=", 1] { return false }
      return facts.contains(leaf.elements?[0].text ?? "")
    }
  }

  private func random(
    _ depth: Int, _ source: inout SystemRandomNumberGenerator
  ) -> (Domain, (Set<String>) -> Bool) {
    let names = ["a", "b", "c", "d"]
    guard depth > 0, Int.random(in: 0..<5, using: &source) > 0 else {
      let name = names.randomElement(using: &source) ?? "a"
      return (.leaf(FieldName(name) ?? "a", "=", true), { $0.contains(name) })
    }
    let parts = (0..<Int.random(in: 0..<4, using: &source)).map { _ in random(depth - 1, &source) }
    switch Int.random(in: 0..<3, using: &source) {
    case 0: return (.all(of: parts.map(\.0)), { facts in parts.allSatisfy { $0.1(facts) } })
    case 1: return (.any(of: parts.map(\.0)), { facts in parts.contains { $0.1(facts) } })
    default:
      let inner = random(depth - 1, &source)
      return (!inner.0, { !inner.1($0) })
    }
  }

  @Test func `whatever is built means what was built`() {
    var source = SystemRandomNumberGenerator()
    for _ in 0..<500 {
      let (domain, expected) = random(4, &source)
      for bits in 0..<16 {
        let facts = Set(
          ["a", "b", "c", "d"].enumerated().filter { bits >> $0.0 & 1 == 1 }.map(\.1))
        var terms = (domain.json.elements ?? [])[...]
        var result = true
        while !terms.isEmpty { result = holds(&terms, facts) && result }
        #expect(result == expected(facts), "\(domain.json.elements ?? [])")
      }
    }
  }

  @Test func `an order ends in the id`() {
    #expect(Order.byID.text == "id")
    #expect(Order(.descending("write_date")).text == "write_date desc, id")
    #expect(
      Order(.ascending("sequence"), .descending("id"), .ascending("name")).text
        == "sequence, id desc")
  }

  @Test(arguments: [
    "account.move", "x_custom.model2", "res.partner",
  ]) func `a model's name is one`(text: String) { #expect(ModelName(text)?.text == text) }

  @Test(arguments: [
    "", ".", "a..b", "a b", "_private", "a/b", "a'b", "name desc", "é", "a\n", "../x",
  ]) func `what is no name is none`(text: String) {
    #expect(ModelName(text) == nil)
    #expect(FieldName(text) == nil)
  }
}
