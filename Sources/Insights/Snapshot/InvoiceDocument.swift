import ActionProtocol

/// What a customer may see of an invoice where its books offer it: where it is shown and paid, and the
/// invoice as a file.
public struct InvoiceDocument: Hashable, Sendable {
  /// The address of the customer's portal, with everything it needs.
  public var link: String?
  /// The invoice itself, in the blob store.
  public var file: Attachment?
  /// Why link or file could not be had: stable codes.
  public var missing: [String]

  public init(link: String? = nil, file: Attachment? = nil, missing: [String] = []) {
    self.link = link
    self.file = file
    self.missing = missing
  }

  /// As a proposal's metadata keep it.
  func json(of invoice: InvoiceFacts, attached: Set<Digest>) -> JSONValue {
    var missing = missing
    if let file, !attached.contains(file.blobSHA256) { missing.append("pdf_too_many") }
    var object: JSONObject = [
      "invoice": .integer(invoice.id), "number": .string(invoice.number),
      "missing": .array(missing.map { .string($0) }),
    ]
    if let link { object["link"] = .string(link) }
    if let file { object["sha256"] = .string(file.blobSHA256.hex) }
    return .object(object)
  }
}

/// The documents of a proposal's invoices, as its metadata keep them.
public struct ProposalDocuments: Hashable, Sendable {
  /// The name among the metadata.
  public static let name = "documents"

  public struct Entry: Hashable, Sendable {
    public var invoice: Int64
    public var number: String
    public var document: InvoiceDocument
  }

  public var entries: [Entry] = []

  /// - Parameter proposal: its attachments are the files that are meant.
  public init(_ proposal: Proposal) {
    guard case .array(let items)? = proposal.metadata[Self.name] else { return }
    let files = proposal.operation.attachments
    entries = items.compactMap { item in
      guard case .object(let object) = item, let id = object["invoice"]?.integerValue else {
        return nil
      }
      let file = object["sha256"]?.stringValue.flatMap { digest in
        files.first { $0.blobSHA256.hex == digest }
      }
      let missing = object["missing"]?.arrayValue ?? []
      return Entry(
        invoice: id, number: object["number"]?.stringValue ?? String(id),
        document: InvoiceDocument(
          link: object["link"]?.stringValue, file: file, missing: missing.compactMap(\.stringValue))
      )
    }
  }

  /// The document of an invoice.
  public subscript(invoice: Int64) -> InvoiceDocument? {
    entries.first { $0.invoice == invoice }?.document
  }
}
