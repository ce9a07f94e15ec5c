import ActionProtocol
import Engine
import Foundation
import Insights
import Odoo

/// What customers may see of their invoices: the portal's address and the PDF.
///
/// From 17 on Odoo keeps the PDF that it made when the invoice was sent or printed. Of an invoice that
/// has none its portal makes a pro forma, which no reminder may carry, and of one with several documents
/// an archive; so the kept file is read as a record. Before 17 the portal makes the invoice's PDF.
struct OdooDocuments {
  let client: OdooClient
  let settings: DocumentSettings
  let blobs: any BlobPort

  /// Why something could not be had: a stable code.
  private struct Missing: Error {
    let code: String

    init(_ code: String) { self.code = code }
    init(_ prefix: String, _ error: OdooError) { code = "\(prefix)_\(error.kind.rawValue)" }
  }

  /// An invoice, as far as documents go.
  private struct Subject {
    let record: OdooRecord
    let offersPortal: Bool
    let keepsFile: Bool

    /// As the customer knows it: `INV_2026_00001.pdf`.
    var filename: String {
      let name = record.text("name") ?? "invoice-\(record.id)"
      let safe = name.map { character in
        character.isLetter || character.isNumber || "-_.".contains(character) ? character : "_"
      }
      return String(safe.prefix(100)) + ".pdf"
    }
  }

  func document(of invoice: Int) async -> InvoiceDocument {
    var document = InvoiceDocument()
    do throws(Missing) {
      let subject = try await subject(invoice)
      let isPortalFile = settings.files && !subject.keepsFile
      if settings.links || isPortalFile {
        do throws(Missing) {
          let portal = try await portal(of: subject)
          if settings.links { document.link = portal.url }
          if isPortalFile { document.file = try store(try await file(in: portal), of: subject) }
        } catch {
          document.missing.append(error.code)
        }
      }
      if settings.files, subject.keepsFile {
        document.file = try store(try await keptFile(of: subject), of: subject)
      }
    } catch {
      document.missing.append(error.code)
    }
    return document
  }

  private func subject(_ invoice: Int) async throws(Missing) -> Subject {
    do throws(OdooError) {
      let known = try await client.fields(of: "account.move")
      let fields: [FieldName] = ["access_url", "access_token", "name", "invoice_pdf_report_id"]
      let found = try await client.read(
        "account.move", ids: [invoice], fields: fields.filter { known[$0] != nil })
      if let record = found[invoice] {
        return Subject(
          record: record, offersPortal: fields[..<2].allSatisfy { known[$0] != nil },
          keepsFile: known["invoice_pdf_report_id"] != nil)
      }
    } catch {
      throw Missing("portal", error)
    }
    throw Missing("portal_not_offered")
  }

  // MARK: - The portal

  /// Asking for the address makes Odoo give the invoice a token, where it has none yet.
  private func portal(of subject: Subject) async throws(Missing) -> PortalAddress {
    guard subject.offersPortal, let url = subject.record.text("access_url"), url != "#" else {
      throw Missing("portal_not_offered")
    }
    var text = subject.record.text("access_token").map { "\(url)?access_token=\($0)" }
    if text == nil {
      do throws(OdooError) {
        text = try await client.call(
          "account.move", "get_portal_url", ids: [subject.record.id], effect: .write
        ).text
      } catch {
        throw Missing("portal", error)
      }
    }
    guard let text, let address = PortalAddress(text, base: client.address) else {
      throw Missing("portal_not_offered")
    }
    guard address.isAllowed(settings.hosts) else { throw Missing("portal_host_not_allowed") }
    return address
  }

  private func file(in portal: PortalAddress) async throws(Missing) -> [UInt8] {
    guard let path = portal.path else { throw Missing("pdf_elsewhere") }
    do throws(OdooError) {
      return try await client.pdf(at: path + "&report_type=pdf&download=true", limit: limit)
    } catch {
      throw Missing("pdf", error)
    }
  }

  // MARK: - What Odoo keeps

  private func keptFile(of subject: Subject) async throws(Missing) -> [UInt8] {
    guard let attachment = subject.record.link("invoice_pdf_report_id")?.id else {
      throw Missing("pdf_not_issued")
    }
    let model: ModelName = "ir.attachment"
    do {
      let about = try await client.read(
        model, ids: [attachment], fields: ["mimetype", "file_size"])
      guard let size = about[attachment]?.integer("file_size") else {
        throw Missing("pdf_not_issued")
      }
      guard size <= limit else { throw Missing("pdf_answer_too_large") }
      let whole = try await client.read(model, ids: [attachment], fields: ["datas"])
      guard about[attachment]?.text("mimetype") == "application/pdf",
        case .other(let data)? = whole[attachment]?["datas"],
        let bytes = data.text.flatMap({ Data(base64Encoded: $0) }),
        bytes.starts(with: Array("%PDF-".utf8))
      else { throw Missing("pdf_answer_unexpected") }
      guard bytes.count <= limit else { throw Missing("pdf_answer_too_large") }
      return [UInt8](bytes)
    } catch let error as OdooError {
      throw Missing("pdf", error)
    } catch {
      throw (error as? Missing) ?? Missing("pdf_not_issued")
    }
  }

  private var limit: Int { settings.fileLimit * 1024 }

  private func store(_ bytes: [UInt8], of subject: Subject) throws(Missing) -> Attachment {
    do {
      return Attachment(
        blobSHA256: try blobs.put(bytes), filename: subject.filename,
        mediaType: "application/pdf", bytes: Int64(bytes.count))
    } catch {
      throw Missing("pdf_not_stored")
    }
  }
}
