import ActionProtocol
import Connectors
import Decisions
import Engine
import Foundation
import Insights
import TestSupport
import Testing

/// Link and file of an invoice, from its books outside to the message.
@Suite struct ReminderDocumentsTests {
  private static let link = "https://acme.example/my/invoices/1?access_token=t"

  /// A house whose org wants both, with a place for files.
  private struct Setting {
    let house: EngineHouse
    let context: EngineContext
    let file: ActionProtocol.Attachment

    init(offers missing: [String] = []) async throws {
      house = try await EngineHouse.outside()
      try await house.change { $0.books.documents.links = true }
      try await house.change { $0.books.documents.files = true }
      var context = house.context
      context.blobs = FileBlobStore(directory: house.folder + "/blobs")
      self.context = context
      let bytes = Array("%PDF-1.4 an invoice".utf8)
      file = ActionProtocol.Attachment(
        blobSHA256: try context.blobs.put(bytes), filename: "INV.pdf",
        mediaType: "application/pdf", bytes: Int64(bytes.count))
      house.outside.offer(
        1,
        missing.isEmpty
          ? InvoiceDocument(link: ReminderDocumentsTests.link, file: file)
          : InvoiceDocument(missing: missing))
    }

    func analyze() async throws -> AnalysisReport {
      try await Analyst(context).analyze(
        house.org, asOf: nil, dryRun: false, by: try #require(Author(.system, "analyzer")),
        via: "test")
    }

    func proposal(_ id: ActionID) async throws -> Proposal {
      let org = house.org
      let revision = try #require(
        try await house.store.read { store in
          try store.action(org, id).flatMap { try store.revision(org, id, $0.revision) }
        })
      return try ProposalReader.read(revision.document).get()
    }
  }

  private static func email(_ proposal: Proposal) throws -> SendEmail {
    guard case .email(_, let email) = proposal.operation else { throw NothingProposed() }
    return email
  }

  @Test func `a reminder brings the link and the file, by hash`() async throws {
    let setting = try await Setting()
    let state = try #require(try await setting.analyze().outcomes.compactMap(\.state).first)
    let proposal = try await setting.proposal(state.id)
    let email = try Self.email(proposal)
    #expect(email.attachments == [setting.file])
    #expect(email.bodyText.contains("INV-2024-001: \(Self.link)"))
    #expect(email.bodyText.contains("A copy is attached."))
    #expect(email.bodyHTML?.contains("access_token=t") == true)
    #expect(ProposalDocuments(proposal)[1]?.file == setting.file)
    // The next analysis finds it there and asks for nothing.
    setting.house.outside.offer(1, InvoiceDocument(missing: ["portal_not_offered"]))
    let again = try await setting.analyze()
    #expect(again.outcomes.compactMap(\.state).map(\.id) == [state.id])
    #expect(try await Self.email(setting.proposal(state.id)).attachments == [setting.file])
  }

  @Test func `what cannot be had is remembered and blocks nothing`() async throws {
    let setting = try await Setting(offers: ["pdf_server_failure"])
    let state = try #require(try await setting.analyze().outcomes.compactMap(\.state).first)
    let proposal = try await setting.proposal(state.id)
    let email = try Self.email(proposal)
    #expect(email.attachments.isEmpty)
    #expect(!email.bodyText.contains("attached"))
    #expect(!email.bodyText.contains("online"))
    #expect(ProposalDocuments(proposal)[1]?.missing == ["pdf_server_failure"])
    try await setting.house.approve(state.id)
    try await setting.house.run()
    #expect(try await setting.house.state(state.id).status == .completed)
  }

  @Test func `a reminder that is drafted anew keeps them`() async throws {
    let setting = try await Setting()
    let house = setting.house
    let state = try #require(try await setting.analyze().outcomes.compactMap(\.state).first)
    try await house.approve(state.id)
    house.outside.hold(
      "account.move", 1, EngineHouse.invoice(payment: "partial", residual: "1200.000000"))
    let context = setting.context
    let process = ProcessLife(context)
    try await process.begin()
    try await Pipeline(context, process: process).run(org: house.org)
    try await process.end()
    #expect(try await house.state(state.id).status == .pendingApproval)
    let email = try Self.email(try await setting.proposal(state.id))
    #expect(email.bodyText.contains("1,200.00"))
    #expect(email.attachments == [setting.file])
    #expect(email.bodyText.contains(Self.link))
  }

  @Test func `off, nobody is asked`() async throws {
    let setting = try await Setting()
    try await setting.house.change { $0.books.documents = DocumentSettings() }
    let state = try #require(try await setting.analyze().outcomes.compactMap(\.state).first)
    let proposal = try await setting.proposal(state.id)
    #expect(try Self.email(proposal).attachments.isEmpty)
    #expect(ProposalDocuments(proposal).entries.isEmpty)
  }
}
