import ActionProtocol
import Decisions
import Synchronization
import Testing

@testable import Connectors
@testable import Odoo

@Suite struct OdooRecordsTests {
  private typealias Record = ActionProtocol.RecordReference
  private static let now = Instant(milliseconds: 1_795_000_000_000)
  private static let invoice = Record(model: "account.move", id: 7)
  private static let partner = Record(model: "res.partner", id: 15)

  private static let fieldsText =
    #"{"state":{"type":"selection"},"payment_state":{"type":"selection"},"#
    + #""amount_residual":{"type":"monetary"},"currency_id":{"type":"many2one"},"#
    + #""partner_id":{"type":"many2one"},"invoice_date_due":{"type":"date"},"#
    + #""active":{"type":"boolean"},"email":{"type":"char"},"x_more":{"type":"binary"}}"#

  private static func check(_ predicate: Predicate) -> RevalidationCheck {
    RevalidationCheck(
      checkID: "c", description: "a check", severity: .block, predicate: predicate)
  }

  /// Answers every read with the same values and counts what was asked.
  private final class Books: Sendable {
    let asked = Mutex<[String]>([])
    let values: [FieldName: FieldValue]?
    let kind: OdooError.Kind?

    init(_ values: [FieldName: FieldValue]?, failing kind: OdooError.Kind? = nil) {
      self.values = values
      self.kind = kind
    }

    var records: OdooRecords {
      OdooRecords(
        source: .init(
          fields: { _ throws(OdooError) in
            guard let set = JSONReader.read(fieldsText).flatMap({ FieldSet($0) }) else {
              throw OdooError(Fault(.answerUnexpected), model: nil, method: "", effect: .read)
            }
            return set
          },
          read: { [self] model, id, fields throws(OdooError) in
            asked.withLock { $0.append("\(model) \(id) \(fields.map(\.text))") }
            if let kind {
              throw OdooError(Fault(kind), model: nil, method: "read", effect: .read)
            }
            let found = values.map { [OdooRecord(model: model, id: id, values: $0)] } ?? []
            return ReadResult(records: found, missing: found.isEmpty ? [id] : [], archived: [])
          }))
    }
  }

  private func results(_ books: Books, _ plan: [RevalidationCheck]) async -> [CheckResult?] {
    let answers = await books.records.answers(to: plan) { Self.now }
    return plan.map { check in
      check.predicate.record.flatMap { answers[$0] }.flatMap {
        RecordPredicates.evaluate(
          check.predicate, answer: $0, now: Self.now, maximumAge: .seconds(60))
      }
    }
  }

  @Test func `six checks on two records are two reads`() async {
    let books = Books([
      "state": .choice("posted"), "payment_state": .choice("partial"),
      "amount_residual": .money(
        Monetary(amount: 500, currency: LinkedRecord(id: 1, name: "USD"))),
      "partner_id": .link(LinkedRecord(id: 15, name: "Azure")), "email": .nothing,
      "active": .flag(true),
    ])
    let plan = [
      Self.check(.recordExists(Self.invoice)),
      Self.check(.fieldEquals(Self.invoice, field: "state", expected: .string("posted"))),
      Self.check(
        .fieldIn(
          Self.invoice, field: "payment_state", [.string("not_paid"), .string("partial")])),
      Self.check(
        .fieldEquals(Self.invoice, field: "amount_residual", expected: .string("500.00"))),
      Self.check(.fieldEquals(Self.invoice, field: "partner_id", expected: .integer(15))),
      Self.check(.fieldEquals(Self.partner, field: "email", expected: .null)),
    ]
    #expect(await results(books, plan).allSatisfy { $0 == .pass })
    #expect(
      books.asked.withLock { $0.sorted() } == [
        #"account.move 7 ["amount_residual", "partner_id", "payment_state", "state"]"#,
        #"res.partner 15 ["email"]"#,
      ])
  }

  @Test func `a changed field fails with what was found`() async {
    let books = Books(["payment_state": .choice("paid")])
    let plan = [
      Self.check(
        .fieldIn(Self.invoice, field: "payment_state", [.string("not_paid")]))
    ]
    #expect(await results(books, plan) == [.fail(found: .string("paid"))])
  }

  @Test func `a deleted record fails`() async {
    let plan = [Self.check(.recordExists(Self.invoice))]
    #expect(await results(Books(nil), plan) == [.fail(found: .string("record_missing"))])
  }

  @Test(arguments: [
    OdooError.Kind.accessDenied, .deadline, .notSent, .credentialsHeldBack, .answerUnexpected,
    .unavailable,
  ])
  func `books that cannot be read cannot tell, and say why`(kind: OdooError.Kind) async {
    let plan = [Self.check(.recordExists(Self.invoice))]
    #expect(
      await results(Books(nil, failing: kind), plan)
        == [.cannotTell(reason: "odoo_\(kind.rawValue)")])
  }

  @Test func `a field that the server lacks, or that nobody can compare, cannot tell`() async {
    let books = Books(["x_more": .other(.null)])
    let plan = [
      Self.check(.fieldEquals(Self.invoice, field: "no_field", expected: .null)),
      Self.check(.fieldEquals(Self.invoice, field: "x_more", expected: .null)),
    ]
    #expect(
      await results(books, plan) == [
        .cannotTell(reason: "field_not_held.no_field"),
        .cannotTell(reason: "field_not_held.x_more"),
      ])
  }
}
