import ActionProtocol
import Engine
import Foundation
import Insights
import Synchronization
import TestSupport
import Testing

@testable import Connectors
@testable import Odoo

/// Taking records over from a real Odoo, where one is named.
@Suite(.enabled(if: RealServer.isThere), .serialized)
struct SyncServerTests {
  /// The server, whatever the org says.
  private struct Sources: SyncSources {
    let client: OdooClient

    func source(
      _ organisation: Organisation, _ settings: SyncSettings
    ) async throws -> (any SyncSource)? {
      try await OdooSyncSource(
        OdooSyncSource.Reader(client), settings, zone: .gmt,
        since: OdooTime(Date().addingTimeInterval(-86_400)))
    }
  }

  /// A ledger that is filled from the server.
  private struct Setting {
    let house: EngineHouse
    let context: EngineContext

    init(_ client: OdooClient) async throws {
      house = try await EngineHouse(drafting: try MustacheDrafting())
      var context = house.context
      context.syncing = Sources(client: client)
      self.context = context
    }

    func sync(full: Bool = false) async throws -> SyncReport {
      var options = Syncer.Options(isFull: full)
      options.sleep = { _ in }
      return try #require(try await Syncer(context, options).run(house.org))
    }

    func root(of partner: Int) async throws -> Int64? {
      try await house.store.read { [org = house.org] in
        try $0.partnerAliases(org).first { $0.partner.rawValue == Int64(partner) }?.root.rawValue
      }
    }
  }

  private func customer(_ client: OdooClient, _ name: String) async throws -> Int {
    try await client.create(
      "res.partner",
      ["name": .text(name), "email": .text("same@merged.example"), "is_company": .flag(true)])
  }

  private func invoice(_ client: OdooClient, _ partner: Int) async throws -> Int {
    let day = try #require(OdooDate("2026-10-01"))
    let invoice = try await client.create(
      "account.move",
      [
        "move_type": .choice("out_invoice"), "partner_id": .link(partner),
        "invoice_date": .date(day), "invoice_date_due": .date(day),
        "invoice_line_ids": .links([
          .create([
            "name": .text("Chairs"), "quantity": .integer(1), "price_unit": .integer(100),
            "tax_ids": .links([.replace([])]),
          ])
        ]),
      ])
    _ = try await client.call("account.move", "action_post", ids: [invoice], effect: .write)
    return invoice
  }

  private func merge(_ client: OdooClient, _ partners: [Int], into heir: Int) async throws {
    let wizard = try await client.create(
      "base.partner.merge.automatic.wizard",
      [
        "partner_ids": .links([.replace(partners)]), "dst_partner_id": .link(heir),
        "state": .choice("selection"),
      ])
    _ = try await client.call(
      "base.partner.merge.automatic.wizard", "action_merge", ids: [wizard], effect: .write)
  }

  @Test(.enabled(if: RealServer.admin != nil))
  func `customers that Odoo merges count as one after the next reading`() async throws {
    try await RealServer.run(try #require(RealServer.admin)) { client in
      let mark = RealServer.mark()
      let heir = try await customer(client, mark)
      let merged = try await customer(client, "\(mark) 'quoted' (ID 1)")
      let bare = try await customer(client, "\(mark) bare")
      let bill = try await invoice(client, merged)
      let setting = try await Setting(client)
      _ = try await setting.sync()
      try await merge(client, [heir, merged], into: heir)
      _ = try await setting.sync()
      #expect(try await setting.root(of: merged) == Int64(heir))
      let moved = try await setting.house.store.read { [org = setting.house.org] in
        try $0.record(org, ActionProtocol.RecordReference(model: "account.move", id: Int64(bill)))
      }
      #expect(moved?.fields["partner_id"]?.arrayValue?.first == .integer(Int64(heir)))
      // One of whom the ledger has nothing that could move is known by Odoo's note alone.
      try await merge(client, [heir, bare], into: heir)
      let report = try await setting.sync(full: true)
      #expect(try await setting.root(of: bare) == Int64(heir))
      #expect(report.kinds.allSatisfy { $0.leftOut[PartnerSuccession.unclear] == nil })
      try await tidy(client, bill, heir)
    }
  }

  @Test(.enabled(if: RealServer.admin != nil))
  func `a tag on the company is seen live, at a person of it`() async throws {
    try await RealServer.run(try #require(RealServer.admin)) { admin in
      let mark = RealServer.mark()
      let company = try await customer(admin, mark)
      let person = try await admin.create(
        "res.partner", ["name": .text("\(mark) Ann"), "parent_id": .link(company)])
      let bill = try await invoice(admin, company)
      let tag = try await admin.create("res.partner.category", ["name": .text(mark.uppercased())])
      let invoiceRecord = ActionProtocol.RecordReference(model: "account.move", id: Int64(bill))
      let plan = [
        invoiceRecord, ActionProtocol.RecordReference(model: "res.partner", id: Int64(person)),
      ].map {
        RevalidationCheck(
          checkID: "c\($0.id)", description: "it is there", severity: .block,
          predicate: .recordExists($0))
      }
      try await RealServer.run(RealServer.bot) { client in
        let books = OdooBooks(client: client, organisation: BooksSupport.organisation())
        func isDisputed() async -> Bool? {
          let reading = await books.read(plan, tags: [mark])
          guard case .found(let facts)? = reading.answers[invoiceRecord] else { return nil }
          return facts["aiom_disputed"] == .bool(true)
        }
        #expect(await isDisputed() == false)
        try await admin.write(
          "res.partner", ids: [company], ["category_id": .links([.replace([tag])])])
        #expect(await isDisputed() == true)
      }
      try await admin.delete("res.partner.category", ids: [tag])
      try await tidy(admin, bill, company)
    }
  }

  /// Odoo lets the last invoice of a sequence go, and archives what has accounts.
  private func tidy(_ client: OdooClient, _ bill: Int, _ partner: Int) async throws {
    _ = try await client.call("account.move", "button_draft", ids: [bill], effect: .write)
    _ = try await client.call("account.move", "button_cancel", ids: [bill], effect: .write)
    try await client.write("res.partner", ids: [partner], ["active": .flag(false)])
  }

  @Test func `the PDF of an invoice is the one that Odoo keeps, never a pro forma`() async throws {
    try await RealServer.run(RealServer.bot) { client in
      guard try await client.fields(of: "account.move")["invoice_pdf_report_id"] != nil else {
        return
      }
      var settings = OrgBooks(.odoo)
      (settings.documents.links, settings.documents.files) = (true, true)
      let books = OdooBooks(client: client, organisation: BooksSupport.organisation(settings))
      let open = try await client.searchRead(
        Search(
          "account.move",
          where: .choice("move_type").is("out_invoice") && .choice("state").is("posted")
            && !.text("partner_id.name").contains("aiom"),
          fields: ["invoice_pdf_report_id"]))
      let invoice = try #require(open.first { $0.link("invoice_pdf_report_id") == nil }).id
      let blobs = MemoryBlobs()
      let before = await books.documents(of: [Int64(invoice)], blobs)[Int64(invoice)]
      #expect(before?.missing == ["pdf_not_issued"])
      #expect(
        before?.link?.hasPrefix("\(RealServer.url)/my/invoices/\(invoice)?access_token=") == true)
      // As "Send & Print" keeps it, which needs a program that this machine may lack.
      let pdf = Data("%PDF-1.4 kept".utf8)
      func keep(_ file: OdooJSON) async throws {
        _ = try await client.call(
          "account.move", "write", ids: [invoice],
          arguments: ["vals": .object(["invoice_pdf_report_file": file])], effect: .write)
      }
      try await keep(.string(pdf.base64EncodedString()))
      let after = await books.documents(of: [Int64(invoice)], blobs)[Int64(invoice)]
      try await keep(false)
      #expect(after?.missing == [])
      let file = try #require(after?.file)
      #expect(blobs.held.withLock { $0[file.blobSHA256] } == pdf.count)
    }
  }
}
