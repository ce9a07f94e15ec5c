import ActionProtocol
import Testing

@Suite("Identifiers")
struct IdentifierTests {
  @Test func `an organisation's id is one line of 1-100 characters`() {
    #expect(OrgID(rawValue: "a") != nil)
    #expect(OrgID(rawValue: String(repeating: "🙂", count: 100)) != nil)
    #expect(OrgID(rawValue: String(repeating: "a", count: 101)) == nil)
    #expect(OrgID(rawValue: "") == nil)
    #expect(OrgID(rawValue: "a\nb") == nil)
    #expect(OrgID(rawValue: "a\u{85}b") == nil)
    #expect(OrgID(rawValue: "a\u{2028}b") == nil)
  }

  @Test(arguments: [
    ("0123456789", true), ("012345678", false), ("act-01.02_03:x", true), ("-123456789", false),
    ("0123 56789", false), ("0123456789\n", false), ("éééééééééé", false),
  ])
  func `an action's id has at least ten plain characters`(text: String, valid: Bool) {
    #expect((ActionID(rawValue: text) != nil) == valid)
  }

  @Test func `a partner's id is positive`() {
    #expect(PartnerID(rawValue: 1) != nil)
    #expect(PartnerID(rawValue: 0) == nil)
    #expect(PartnerID(rawValue: -1) == nil)
  }

  @Test(arguments: [
    ("person:local:ann", Author.Kind.person), ("system:analyzer", .system), ("agent:x", .agent),
  ])
  func `an author says what kind it is`(text: String, kind: Author.Kind) {
    #expect(Author(rawValue: text)?.kind == kind)
    #expect(Author(rawValue: text)?.rawValue == text)
  }

  @Test(arguments: ["", "ann", "person:", "robot:x", "Person:ann", "system:a\nb"])
  func `refuses authors of no kind or name`(text: String) {
    #expect(Author(rawValue: text) == nil)
  }
}

@Suite("Idempotency key")
struct IdempotencyKeyTests {
  @Test func `the default form has sorted records and the day`() throws {
    let day = try #require(LocalDate(iso: "2026-11-22"))
    let records = [9, 10, 9].map { RecordReference(model: "account.move", id: $0) }
    let key = IdempotencyKey.dated(
      org: try Examples.org("acme:eu"), actionType: .sendInvoiceReminder, records: records, day: day
    )
    #expect(
      key.rawValue
        == "acme%3Aeu:send_invoice_reminder:account.move%3A9,account.move%3A10:2026-11-22")
    let reversed = IdempotencyKey.dated(
      org: try Examples.org("acme:eu"), actionType: .sendInvoiceReminder,
      records: records.reversed(), day: day)
    #expect(reversed == key)
  }

  @Test func `the analyzers' form has no date`() throws {
    let key = IdempotencyKey.reminder(
      org: try Examples.org(), actionType: .sendInvoiceReminder, partner: try Examples.partner(),
      currency: try #require(Currency(code: "EUR")), level: 2, cycle: "2026-09-01")
    #expect(key.rawValue == "acme:send_invoice_reminder:7:EUR:2:2026-09-01")
  }

  @Test func `colons and percent signs in parts cannot imitate other parts`() throws {
    let day = try #require(LocalDate(iso: "2026-11-22"))
    func key(_ org: String) throws -> IdempotencyKey {
      .dated(org: try Examples.org(org), actionType: .xCreateNote, records: [], day: day)
    }
    #expect(try key("a:x_create_note") != key("a"))
    #expect(try key("a%3Ab").rawValue == "a%253Ab:x_create_note::2026-11-22")
    #expect(try key("ä").rawValue.hasPrefix("%C3%A4:"))
  }

  @Test func `long scopes keep within 200 characters and stay different`() throws {
    let day = try #require(LocalDate(iso: "2026-11-22"))
    var seen = Set<IdempotencyKey>()
    for count in 1...60 {
      let records = (1...count).map { RecordReference(model: "account.move", id: Int64($0)) }
      let key = IdempotencyKey.dated(
        org: try Examples.org(String(repeating: "ö", count: 100)), actionType: .sendInvoiceReminder,
        records: records, day: day)
      #expect(IdempotencyKey(rawValue: key.rawValue) == key)
      seen.insert(key)
    }
    #expect(seen.count == 60)
  }
}
