import ActionProtocol
import Engine
import Foundation
import Insights
import Odoo

/// What customers may see of their invoices: the portal's address and the PDF.
extension OdooBooks {
  /// Why something could not be had: a stable code.
  private struct Missing: Error {
    let code: String
  }

  func documents(
    of invoices: [Int64], _ blobs: any BlobPort
  ) async -> [Int64: InvoiceDocument] {
    let settings = organisation.books.documents
    guard !settings.isOff else { return [:] }
    var documents: [Int64: InvoiceDocument] = [:]
    for invoice in invoices {
      documents[invoice] = await document(of: invoice, settings, blobs)
    }
    return documents
  }

  private func document(
    of invoice: Int64, _ settings: DocumentSettings, _ blobs: any BlobPort
  ) async -> InvoiceDocument {
    var document = InvoiceDocument()
    do throws(Missing) {
      let portal = try await portal(invoice)
      guard portal.isAllowed(settings.hosts) else { throw Missing(code: "portal_host_not_allowed") }
      if settings.links { document.link = portal.address.url }
      if settings.files { document.file = try await file(invoice, portal, settings, blobs) }
    } catch {
      document.missing.append(error.code)
    }
    return document
  }

  /// Asking for the address makes Odoo give the invoice a token, where it has none yet.
  private func portal(_ invoice: Int64) async throws(Missing) -> Portal {
    let id = Self.id(invoice)
    do {
      let known = try await client.fields(of: "account.move")
      let fields: [FieldName] = ["access_url", "access_token", "name"]
      guard fields.allSatisfy({ known[$0] != nil }),
        let record = try await client.read("account.move", ids: [id], fields: fields)[id],
        let url = record.text("access_url"), url != "#"
      else { throw Missing(code: "portal_not_offered") }
      var text = record.text("access_token").map { "\(url)?access_token=\($0)" }
      if text == nil {
        text = try await client.call(
          "account.move", "get_portal_url", ids: [id], effect: .write
        ).text
      }
      guard let text, let address = PortalAddress(text, base: client.address) else {
        throw Missing(code: "portal_not_offered")
      }
      return Portal(address: address, invoice: record.text("name") ?? "invoice-\(invoice)")
    } catch let error as OdooError {
      throw Missing(code: "portal_\(error.kind.rawValue)")
    } catch {
      throw (error as? Missing) ?? Missing(code: "portal_not_offered")
    }
  }

  private func file(
    _ invoice: Int64, _ portal: Portal, _ settings: DocumentSettings, _ blobs: any BlobPort
  ) async throws(Missing) -> Attachment {
    guard let path = portal.address.path else { throw Missing(code: "pdf_elsewhere") }
    let bytes: [UInt8]
    do throws(OdooError) {
      bytes = try await client.pdf(
        at: path + "&report_type=pdf&download=true", limit: settings.fileLimit * 1024)
    } catch {
      throw Missing(code: "pdf_\(error.kind.rawValue)")
    }
    do {
      return Attachment(
        blobSHA256: try blobs.put(bytes), filename: portal.filename,
        mediaType: "application/pdf", bytes: Int64(bytes.count))
    } catch {
      throw Missing(code: "pdf_not_stored")
    }
  }

  /// An invoice in the portal.
  private struct Portal {
    let address: PortalAddress
    let invoice: String

    func isAllowed(_ hosts: [String]) -> Bool { address.isAllowed(hosts) }

    /// As the customer knows it: `INV_2026_00001.pdf`.
    var filename: String {
      let safe = invoice.map { character in
        character.isLetter || character.isNumber || "-_.".contains(character) ? character : "_"
      }
      return String(safe.prefix(100)) + ".pdf"
    }
  }
}

/// Where the portal shows a record.
struct PortalAddress: Hashable, Sendable {
  /// The whole address.
  let url: String
  /// Below the server's own address; nil where it leads elsewhere.
  let path: String?

  /// - Parameters:
  ///   - text: as Odoo says it: a path, or a whole address.
  ///   - base: the server's address, without a slash at its end.
  /// - Returns: nil for what is neither.
  init?(_ text: String, base: String) {
    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), text.contains("access_token=") else {
      return nil
    }
    if text.hasPrefix("/"), !text.hasPrefix("//") {
      (url, path) = (base + text, text)
    } else if text.hasPrefix("https://") || text.hasPrefix("http://") {
      url = text
      path = text.hasPrefix(base + "/") ? String(text.dropFirst(base.count)) : nil
    } else {
      return nil
    }
    guard URLComponents(string: url)?.host?.isEmpty == false,
      url.hasPrefix("https://") || ProviderAddress(url).isLoopback
    else { return nil }
    self.base = base
  }

  private let base: String

  /// - Parameter hosts: empty: the server's own.
  func isAllowed(_ hosts: [String]) -> Bool {
    guard let host = URLComponents(string: url)?.host?.lowercased() else { return false }
    let own = URLComponents(string: base)?.host?.lowercased()
    return hosts.isEmpty ? host == own : hosts.contains { $0.lowercased() == host }
  }
}
