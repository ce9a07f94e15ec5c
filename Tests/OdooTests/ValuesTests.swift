import Foundation
import Testing

@testable import Odoo

@Suite struct ValuesTests {
  static let table: [(FieldKind, String, FieldValue?)] = [
    (.boolean, "false", .flag(false)), (.boolean, "true", .flag(true)), (.boolean, "0", nil),
    (.boolean, "null", nil), (.char, "false", .nothing), (.char, #""""#, .text("")),
    (.char, "7", nil), (.char, "true", nil), (.text, #""a\nb""#, .text("a\nb")),
    (.html, #""<p>x</p>""#, .html("<p>x</p>")), (.html, "false", .nothing),
    (.integer, "0", .integer(0)), (.integer, "3.0", .integer(3)), (.integer, "3.5", nil),
    (.integer, #""3""#, nil), (.integer, "false", .nothing), (.float, "0.0", .number(0)),
    (.float, "1e2", .number(100)), (.float, #""1""#, nil),
    (.monetary, "31750.0", .money(Monetary(amount: 31_750, currency: nil))),
    (.selection, #""posted""#, .choice("posted")), (.selection, "false", .nothing),
    (.selection, "1", .choice("1")), (.date, #""2026-02-29""#, nil),
    (.date, #""2024-02-29""#, OdooDate("2024-02-29").map { .date($0) }),
    (.date, #""2026-01-01 10:00:00""#, nil), (.date, "false", .nothing),
    (.datetime, #""2026-11-22 14:37:51""#, OdooTime("2026-11-22 14:37:51").map { .time($0) }),
    (.datetime, #""2026-11-22T14:37:51Z""#, nil), (.datetime, #""2026-11-22""#, nil),
    (.datetime, #""2026-11-22 24:00:00""#, nil),
    (.many2one, #"[15,"Azure"]"#, .link(LinkedRecord(id: 15, name: "Azure"))),
    (.many2one, "15", .link(LinkedRecord(id: 15, name: ""))), (.many2one, "false", .nothing),
    (.many2one, "0", nil), (.many2one, "[15]", nil), (.many2one, #"["15","x"]"#, nil),
    (.many2one, #"[15,"a","b"]"#, nil), (.many2one, #""15""#, nil),
    (.many2many, "[]", .links([])), (.many2many, "[3,1]", .links([3, 1])),
    (.many2many, #"[3,"1"]"#, nil), (.many2many, "[[3,1]]", nil), (.one2many, "7", nil),
    (.many2oneReference, "0", .nothing), (.many2oneReference, "45", .integer(45)),
    (.reference, #""res.partner,3""#, .text("res.partner,3")),
  ]

  @Test(arguments: table)
  func `a value is read by its field's kind`(kind: FieldKind, text: String, value: FieldValue?)
    throws
  {
    #expect(try FieldValue(Fixture.json(text), kind: kind) == value)
  }

  @Test func `days and instants go out as they came in`() {
    for text in [
      "1970-01-01 00:00:00", "2024-02-29 23:59:59", "0001-01-01 00:00:00",
      "9999-12-31 23:59:59", "1969-12-31 23:59:59",
    ] {
      #expect(OdooTime(text)?.description == text)
    }
    #expect(OdooTime("2026-11-22 14:37:51")?.date == Date(timeIntervalSince1970: 1_795_358_271))
    #expect(OdooTime(Date(timeIntervalSince1970: -0.5))?.description == "1969-12-31 23:59:59")
    for number in stride(from: -719_162, through: 2_932_896, by: 997) {
      #expect(OdooDate(dayNumber: number)?.dayNumber == number)
    }
  }

  @Test(arguments: [
    (800.0, 2, Int64(80_000)), (0.29, 2, 29), (-1.15, 2, -115), (1.1, 0, 1), (2.5, 0, 3),
    (19.99, 2, 1999), (1_234_567.891, 3, 1_234_567_891),
  ])
  func `an amount becomes its smallest units`(amount: Double, places: Int, units: Int64) {
    #expect(Monetary(amount: amount, currency: nil).minorUnits(decimalPlaces: places) == units)
  }

  @Test func `an amount that does not fit has no units`() {
    #expect(Monetary(amount: 1e30, currency: nil).minorUnits(decimalPlaces: 2) == nil)
    #expect(Monetary(amount: 1, currency: nil).minorUnits(decimalPlaces: 7) == nil)
  }

  @Test(arguments: [
    ("19", #"[19,0,0,"final",0,""]"#, ServerVersion(major: 19)),
    ("saas", #"["saas~19",1,0,"final",0,"e"]"#, ServerVersion(major: 19, minor: 1)),
    ("14", "[14,0,0]", ServerVersion(major: 14)),
  ])
  func `a version is read from its numbers`(name: String, info: String, version: ServerVersion)
    throws
  {
    #expect(try ServerVersion(info: Fixture.json(info)) == version)
  }

  @Test(arguments: ["[]", "19", #"["x"]"#, "[0]", "[-3]", "{}", "false", "[[19]]"])
  func `what is no version is none`(info: String) throws {
    #expect(try ServerVersion(info: Fixture.json(info)) == nil)
  }

  @Test func `commands of lists are written as Odoo reads them`() throws {
    let commands: [LinkCommand] = [
      .create(["name": .text("x")]), .update(3, ["count": .integer(1)]), .delete(3), .unlink(3),
      .link(3), .clear, .replace([1, 2]),
    ]
    #expect(
      try NewValue.links(commands).json
        == Fixture.json(
          #"[[0,0,{"name":"x"}],[1,3,{"count":1}],[2,3,0],[3,3,0],[4,3,0],[5,0,0],[6,0,[1,2]]]"#))
  }

  @Test(
    arguments: [
      ("43", 43), ("[43]", 43), (#""mail.activity(31,)""#, 31), ("false", nil), ("[1,2]", nil),
      (#""mail.activity(31,32)""#, nil), (#""evil(1) or(2,)""#, nil), ("[]", nil), ("null", nil),
      ("true", nil), ("-3", nil),
    ] as [(String, Int?)])
  func `an id is read from whatever a version answers`(text: String, id: Int?) throws {
    #expect(try AnsweredIDs.one(Fixture.json(text)) == id)
  }

  @Test func `plain text stays plain in a field of HTML`() {
    #expect(
      PlainText.html("a <b> & \"c\"\nd\r\ne\n") == "<p>a &lt;b&gt; &amp; \"c\"<br>d<br>e<br></p>")
  }

  @Test(arguments: [
    ("__aiom__", "act_0001", true), ("a", "b.c", false), ("", "x", false),
    ("a b", "x", false), ("a", "é", false),
  ])
  func `an external id cannot be read as another`(module: String, name: String, isOne: Bool) {
    #expect((ExternalID(module: module, name: name) != nil) == isOne)
  }
}
