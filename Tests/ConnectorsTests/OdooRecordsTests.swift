import ActionProtocol
import Decisions
import Engine
import Foundation
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
    + #""active":{"type":"boolean"},"email":{"type":"char"},"email_normalized":{"type":"char"},"#
    + #""phone":{"type":"char"},"date_deadline":{"type":"datetime"},"x_more":{"type":"binary"}}"#

  private static func check(_ predicate: ActionProtocol.Predicate) -> RevalidationCheck {
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
          }), zone: TimeZone(identifier: "America/New_York") ?? .gmt, limit: .seconds(600),
        patience: .seconds(600))
    }
  }

  private func results(_ books: Books, _ plan: [RevalidationCheck]) async -> [CheckResult?] {
    let reading = await books.records.read(plan)
    return plan.map { check in
      check.predicate.record.flatMap { reading.answers[$0] }.flatMap { answer in
        let answer: RecordAnswer =
          switch answer {
          case .found(let fields): .found(RecordFacts(fields: fields, asOf: Self.now))
          case .missing: .missing
          case .unavailable(let problem): .unavailable(code: problem.code)
          }
        return RecordPredicates.evaluate(
          check.predicate, answer: answer, now: Self.now, maximumAge: .seconds(60))
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
        #"res.partner 15 ["email", "email_normalized"]"#,
      ])
  }

  @Test func `the two reads are under way at the same time`() async {
    let waiting = Mutex<CheckedContinuation<Void, Never>?>(nil)
    let known = JSONReader.read(Self.fieldsText).flatMap { FieldSet($0) }
    let records = OdooRecords(
      source: .init(
        fields: { _ throws(OdooError) in
          guard let known else {
            throw OdooError(Fault(.answerUnexpected), model: nil, method: "", effect: .read)
          }
          return known
        },
        read: { model, id, _ throws(OdooError) in
          // Neither goes on before both have begun.
          await withCheckedContinuation { mine in
            let other = waiting.withLock { waiting in
              defer { waiting = waiting == nil ? mine : nil }
              return waiting
            }
            guard let other else { return }
            other.resume()
            mine.resume()
          }
          return ReadResult(
            records: [OdooRecord(model: model, id: id, values: [:])], missing: [], archived: [])
        }), zone: .gmt, limit: .seconds(600), patience: .seconds(600))
    let reading = await records.read([
      Self.check(.recordExists(Self.invoice)), Self.check(.recordExists(Self.partner)),
    ])
    #expect(reading.answers.count == 2)
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

  @Test(arguments: [
    ("jane@acme.example", "jane@acme.example", "jane@acme.example"),
    ("Jane@Acme.example", "jane@acme.example", "Jane@acme.example"),
    ("Jane <jane@acme.example>", "jane@acme.example", "jane@acme.example"),
    ("jane@acme.example; b@acme.example", "jane@acme.example", "jane@acme.example"),
  ])
  func `an address is compared as mail would go to it`(
    _ written: String, _ read: String, _ expected: String
  ) async {
    let books = Books(["email": .text(written), "email_normalized": .text(read)])
    let plan = [
      Self.check(.fieldEquals(Self.partner, field: "email", expected: .string(expected)))
    ]
    #expect(await results(books, plan) == [.pass])
  }

  @Test func `a number is compared in its international form`() async {
    let plan = [
      Self.check(.fieldEquals(Self.partner, field: "phone", expected: .string("+16175550123")))
    ]
    #expect(await results(Books(["phone": .text("+1 (617) 555-0123")]), plan) == [.pass])
    #expect(await results(Books(["phone": .text("555-0123")]), plan) == [.fail(found: .null)])
  }

  @Test func `an amount has no noise of binary fractions`() async {
    let money = Monetary(amount: 0.1 + 0.2, currency: nil)
    let plan = [
      Self.check(
        .fieldEquals(Self.invoice, field: "amount_residual", expected: .string("0.30")))
    ]
    #expect(await results(Books(["amount_residual": .money(money)]), plan) == [.pass])
  }

  @Test func `an instant is a day of the company where a day is expected`() async throws {
    // Half past nine in the evening of the first, in New York.
    let time = try #require(OdooTime("2026-12-02 02:30:00"))
    let task = Record(model: "project.task", id: 3)
    let books = Books(["date_deadline": .time(time)])
    let plan = [
      Self.check(.fieldEquals(task, field: "date_deadline", expected: .string("2026-12-01")))
    ]
    #expect(await results(books, plan) == [.pass])
    let exact = [
      Self.check(
        .fieldEquals(task, field: "date_deadline", expected: .string("2026-12-02 02:30:00")))
    ]
    #expect(await results(books, exact) == [.pass])
  }
}
