import Engine
import Insights

extension OdooBooks {
  func documents(
    of invoices: [Int64], _ blobs: any BlobPort
  ) async -> [Int64: InvoiceDocument] {
    let settings = organisation.books.documents
    guard !settings.isOff else { return [:] }
    let reader = OdooDocuments(client: client, settings: settings, blobs: blobs)
    var documents: [Int64: InvoiceDocument] = [:]
    for invoice in invoices { documents[invoice] = await reader.document(of: Self.id(invoice)) }
    return documents
  }
}
