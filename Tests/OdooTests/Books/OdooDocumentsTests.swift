import ActionProtocol
import Engine
import Foundation
import Insights
import Synchronization
import Testing

@testable import Connectors
@testable import Odoo

/// What customers may see of their invoices.
@Suite struct OdooDocumentsTests {
  private static let pdf = "%PDF-1.4 an invoice"

  private static func answer(_ body: String, type: String = "application/pdf")
    -> LoopbackServer.Step
  {
    .raw(
      "HTTP/1.1 200 OK\r\nContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
        + body)
  }

  private static func run(
    token: OdooJSON = "known", _ change: (inout DocumentSettings) -> Void = { _ in },
    portal: LoopbackServer.Step = answer(pdf),
    _ body: (InvoiceDocument?, MiniOdoo, MemoryBlobs) throws -> Void
  ) async throws {
    var books = OrgBooks(.odoo)
    (books.documents.links, books.documents.files) = (true, true)
    change(&books.documents)
    try await MiniOdoo.run(books, fields: MiniOdoo.accounting) { odoo, outside in
      odoo.put(
        "account.move", 5,
        [
          "name": "INV/2026/00005", "access_url": "/my/invoices/5", "access_token": token,
          "amount_total": 5, "amount_residual": 5, "currency_id": [1, "USD"],
        ])
      odoo.portal(portal)
      let blobs = MemoryBlobs()
      let found = await outside.documents(of: [5], blobs)
      try body(found[5], odoo, blobs)
    }
  }

  @Test func `the portal is linked, and the PDF stored by its hash`() async throws {
    try await Self.run { document, odoo, blobs in
      #expect(document?.missing == [])
      #expect(document?.link == odoo.url + "/my/invoices/5?access_token=known")
      let file = try #require(document?.file)
      #expect(file.filename == "INV_2026_00005.pdf")
      #expect(file.mediaType == "application/pdf")
      #expect(file.bytes == Int64(Self.pdf.utf8.count))
      #expect(blobs.held.withLock { $0[file.blobSHA256] } == Self.pdf.utf8.count)
      #expect(
        odoo.portalPaths == ["/my/invoices/5?access_token=known&report_type=pdf&download=true"])
      // A token that is there is used; nothing was written.
      #expect(odoo.writes.isEmpty)
    }
  }

  @Test func `an invoice without a token gets one by Odoo's own method`() async throws {
    try await Self.run(token: false) { document, odoo, _ in
      #expect(document?.link == odoo.url + "/my/invoices/5?access_token=made-now")
      #expect(document?.file != nil)
      #expect(odoo.writes == ["account.move.get_portal_url"])
    }
  }

  @Test func `each can be had alone, and nothing where both are off`() async throws {
    try await Self.run({ $0.files = false }) { document, odoo, _ in
      #expect(document?.link != nil && document?.file == nil)
      #expect(odoo.portalPaths.isEmpty)
    }
    try await Self.run({ $0.links = false }) { document, _, _ in
      #expect(document?.link == nil && document?.file != nil)
    }
    try await Self.run({
      $0.links = false
      $0.files = false
    }) { document, _, _ in #expect(document == nil) }
  }

  @Test func `a host that is not allowed is neither linked nor read`() async throws {
    try await Self.run({ $0.hosts = ["portal.acme.example"] }) { document, odoo, _ in
      #expect(document == InvoiceDocument(missing: ["portal_host_not_allowed"]))
      #expect(odoo.portalPaths.isEmpty)
    }
  }

  @Test(
    arguments: [
      (answer("<html>", type: "text/html"), "pdf_answer_unexpected"),
      (answer("<html>"), "pdf_answer_unexpected"),
      (.answer(500, "<html>"), "pdf_server_failure"),
      (
        .raw("HTTP/1.1 303 X\r\nLocation: /my\r\nContent-Length: 0\r\n\r\n"), "pdf_not_odoo"
      ),
      (answer("%PDF-" + String(repeating: "x", count: 2000)), "pdf_answer_too_large"),
    ] as [(LoopbackServer.Step, String)])
  func `what is no PDF, or too large, is named and leaves the link`(
    _ step: LoopbackServer.Step, _ code: String
  ) async throws {
    try await Self.run({ $0.fileLimit = 1 }, portal: step) { document, _, blobs in
      #expect(document?.missing == [code])
      #expect(document?.link != nil)
      #expect(document?.file == nil)
      #expect(blobs.held.withLock { $0.isEmpty })
    }
  }

  // MARK: - What Odoo keeps, from 17 on

  private static let keeping = MiniOdoo.accounting.merging([
    "invoice_pdf_report_id": "many2one", "mimetype": "char", "file_size": "integer",
    "datas": "binary",
  ]) { $1 }

  /// - Parameter attachment: the kept file; nil: the invoice was never issued.
  private static func runKeeping(
    _ attachment: [String: OdooJSON]?, links: Bool = false,
    _ body: (InvoiceDocument?, MiniOdoo, MemoryBlobs) throws -> Void
  ) async throws {
    var books = OrgBooks(.odoo)
    books.documents.links = links
    books.documents.files = true
    books.documents.fileLimit = 1
    try await MiniOdoo.run(books, fields: keeping) { odoo, outside in
      odoo.put(
        "account.move", 5,
        [
          "name": "INV/2026/00005", "access_url": "/my/invoices/5", "access_token": false,
          "invoice_pdf_report_id": attachment == nil ? false : [9, "INV_2026_00005.pdf"],
        ])
      if let attachment { odoo.put("ir.attachment", 9, attachment) }
      odoo.portal(answer("%PDF-1.4 a pro forma"))
      let blobs = MemoryBlobs()
      let found = await outside.documents(of: [5], blobs)
      try body(found[5], odoo, blobs)
    }
  }

  private static func kept(
    _ text: String = pdf, type: String = "application/pdf", size: Int? = nil
  ) -> [String: OdooJSON] {
    [
      "mimetype": .string(type), "file_size": .int(size ?? text.utf8.count),
      "datas": .string(Data(text.utf8).base64EncodedString()),
    ]
  }

  @Test func `the PDF that Odoo keeps is taken, and the portal is left alone`() async throws {
    try await Self.runKeeping(Self.kept()) { document, odoo, blobs in
      #expect(document?.missing == [])
      let file = try #require(document?.file)
      #expect(file.filename == "INV_2026_00005.pdf")
      #expect(blobs.held.withLock { $0[file.blobSHA256] } == Self.pdf.utf8.count)
      #expect(odoo.portalPaths.isEmpty)
      #expect(odoo.writes.isEmpty)
    }
  }

  @Test func `of an invoice that was never issued nothing is attached, no pro forma either`()
    async throws
  {
    try await Self.runKeeping(nil, links: true) { document, odoo, blobs in
      #expect(document?.missing == ["pdf_not_issued"])
      #expect(document?.link == odoo.url + "/my/invoices/5?access_token=made-now")
      #expect(document?.file == nil)
      #expect(odoo.portalPaths.isEmpty)
      #expect(blobs.held.withLock { $0.isEmpty })
    }
  }

  @Test(
    arguments: [
      (kept(size: 2000), "pdf_answer_too_large"),
      (kept("%PDF-" + String(repeating: "x", count: 2000), size: 5), "pdf_answer_too_large"),
      (kept(type: "application/zip"), "pdf_answer_unexpected"),
      (kept("<html>"), "pdf_answer_unexpected"),
      (["mimetype": "application/pdf", "file_size": 5, "datas": "%%%"], "pdf_answer_unexpected"),
      (["mimetype": "application/pdf", "file_size": 5, "datas": false], "pdf_answer_unexpected"),
    ] as [([String: OdooJSON], String)])
  func `a kept file that is none, or too large, is named`(
    _ attachment: [String: OdooJSON], _ code: String
  ) async throws {
    try await Self.runKeeping(attachment, links: true) { document, _, blobs in
      #expect(document?.missing == [code])
      #expect(document?.link != nil)
      #expect(blobs.held.withLock { $0.isEmpty })
    }
  }

  // MARK: - Addresses

  @Test(arguments: [
    ("/my/invoices/5?access_token=a", "http://127.0.0.1:8069/my/invoices/5?access_token=a", true),
    (
      "https://shop.example/my/5?access_token=a", "https://shop.example/my/5?access_token=a", false
    ),
  ])
  func `an address is a path or a whole one`(_ text: String, _ url: String, isHere: Bool) {
    let address = PortalAddress(text, base: "http://127.0.0.1:8069")
    #expect(address?.url == url)
    #expect((address?.path != nil) == isHere)
    #expect(address?.isAllowed([]) == isHere)
    #expect(address?.isAllowed(["shop.example"]) == !isHere)
  }

  @Test(arguments: [
    "//evil.example/my?access_token=a", "http://shop.example/my?access_token=a",
    "javascript:access_token=a", "/my/invoices/5", "/my /x?access_token=a", "",
  ])
  func `what is no safe address is none`(_ text: String) {
    #expect(PortalAddress(text, base: "https://acme.example") == nil)
  }
}
