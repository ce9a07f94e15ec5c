import ActionProtocol
import Engine
import Foundation
import Synchronization
import Testing

@testable import Connectors
@testable import Odoo

/// Tags on a customer, looked at in the moment of acting.
@Suite struct OdooTagTests {
  private typealias Record = ActionProtocol.RecordReference
  private static let invoice = Record(model: "account.move", id: 7)
  private static let person = Record(model: "res.partner", id: 15)

  private static func check(_ predicate: ActionProtocol.Predicate) -> RevalidationCheck {
    RevalidationCheck(
      checkID: "c", description: "a check", severity: .block, predicate: predicate)
  }

  /// An invoice, a customer and perhaps the company of that one; counts what was asked.
  private final class Books: Sendable {
    let requests = Mutex(0)
    let own: [Int]
    let company: [Int]?
    /// Nil: they may not be read.
    let names: [Int: String]?

    init(own: [Int], company: [Int]? = nil, names: [Int: String]?) {
      (self.own, self.company, self.names) = (own, company, names)
    }

    private static let fields =
      #"{"email":{"type":"char"},"state":{"type":"selection"},"#
      + #""category_id":{"type":"many2many"},"commercial_partner_id":{"type":"many2one"}}"#

    private func values(_ model: ModelName, _ id: Int) -> [FieldName: FieldValue] {
      if model == "account.move" { return ["state": .choice("posted")] }
      let top = company == nil ? id : 99
      return [
        "category_id": .links(id == 15 ? own : company ?? []),
        "commercial_partner_id": .link(LinkedRecord(id: top, name: "Acme")),
      ]
    }

    var records: OdooRecords {
      OdooRecords(
        source: .init(
          fields: { _ throws(OdooError) in
            guard let set = JSONReader.read(Self.fields).flatMap({ FieldSet($0) }) else {
              throw OdooError(Fault(.answerUnexpected), model: nil, method: "", effect: .read)
            }
            return set
          },
          read: { [self] model, id, _ throws(OdooError) in
            requests.withLock { $0 += 1 }
            return ReadResult(
              records: [OdooRecord(model: model, id: id, values: values(model, id))], missing: [],
              archived: [])
          },
          tagNames: { [self] ids throws(OdooError) in
            requests.withLock { $0 += 1 }
            guard let names else {
              throw OdooError(Fault(.accessDenied), model: nil, method: "read", effect: .read)
            }
            return names.filter { ids.contains($0.key) }
          }), zone: .gmt, limit: .seconds(600), patience: .seconds(600))
    }
  }

  private static let plan = [
    check(.fieldEquals(invoice, field: "state", expected: .string("posted"))),
    check(.recordExists(person)),
  ]

  private static func isDisputed(_ books: Books, tags: [String]) async -> Bool? {
    let reading = await books.records.read(plan, tags: tags)
    guard case .found(let facts)? = reading.answers[invoice] else { return nil }
    return facts["aiom_disputed"] == .bool(true)
  }

  @Test func `a customer without tags takes two reads`() async {
    let books = Books(own: [], names: [:])
    #expect(await Self.isDisputed(books, tags: ["Dispute"]) == false)
    #expect(books.requests.withLock { $0 } == 2)
  }

  @Test(arguments: [
    ("VIP", false), ("DISPUTE", true), ("dispute", true), ("Dispute resolved", false),
  ])
  func `a tag that was put on since makes the invoices disputed`(
    _ name: String, _ isDisputed: Bool
  ) async {
    let own = Books(own: [3], names: [3: name])
    #expect(await Self.isDisputed(own, tags: ["Dispute"]) == isDisputed)
    let company = Books(own: [], company: [4], names: [4: name])
    #expect(await Self.isDisputed(company, tags: ["Dispute"]) == isDisputed)
    #expect(company.requests.withLock { $0 } == 4)
  }

  @Test func `where nobody asks for tags none are read`() async {
    let books = Books(own: [3], names: nil)
    #expect(await Self.isDisputed(books, tags: []) == false)
    #expect(books.requests.withLock { $0 } == 2)
  }

  @Test func `tags that may not be read cannot be told of`() async {
    let reading = await Books(own: [3], names: nil).records.read(Self.plan, tags: ["Dispute"])
    guard case .unavailable(let problem)? = reading.answers[Self.person] else {
      Issue.record("told")
      return
    }
    #expect(problem.code == "odoo_access_denied")
  }
}
