import ActionProtocol
import Addressing
import Connectors
import Engine
import Foundation
import Sandbox
import Spawning
import TestSupport
import Testing

/// A big attachment on its way from the blob store to the provider.
@Suite(.serialized) struct AttachmentTests {
  private static let size = 30 * 1024 * 1024

  /// An approved message with a file of thirty megabytes.
  private func approved(_ house: Installation) async throws -> (ActionID, Digest) {
    let org = house.org
    let row = PartnerRow(
      externalID: "c1", name: "Customer 1",
      email: try EmailAddress("planted.recipient@customer1.example"))
    try await house.store.write { store in
      _ = try store.upsert(org, .partner(row), asOf: store.now)
    }
    let piece = (0..<1024).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.size)
    while bytes.count < Self.size { bytes += piece }
    let digest = try house.context.blobs.put(bytes)
    let email = SendEmail(
      to: [try EmailAddress("planted.recipient@customer1.example")], subject: "The plans",
      bodyText: Installation.plantedBody,
      attachments: [
        Attachment(
          blobSHA256: digest, filename: "plans.pdf", mediaType: "application/pdf",
          bytes: Int64(Self.size))
      ])
    let proposal = Proposal(
      orgID: house.org, operation: .email(.xSendCustomMessage, email),
      idempotencyKey: IdempotencyKey(rawValue: "plans"),
      expectedEffect: "The customer has the plans.", reasoning: "They asked for them.",
      affectedRecords: AffectedRecords(
        model: "res.partner", ids: [1], partnerID: PartnerID(rawValue: 1)))
    let outcome = try await Intake(house.context).submit(proposal, by: .tester, via: "test")
    guard case .created(let state) = outcome else {
      throw Installation.Refused(outcome: "\(outcome)")
    }
    _ = try await Approvals(house.context).approve(
      house.org, state.id, digest: state.digest, by: .tester, via: "test")
    return (state.id, digest)
  }

  /// The most memory a process has had so far, in kilobytes; nil once it has ended.
  private func peak(_ pid: Int32) -> Int? {
    guard let text = try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") })
    else { return nil }  // it has ended
    return line.split(separator: " ").dropLast().last.flatMap { Int($0) }
  }

  @Test func `thirty megabytes arrive whole, and never stand in memory as a whole`() async throws {
    let house = try await Installation()
    let (id, _) = try await approved(house)
    let run = try Binary.start(["action", "run", id.rawValue], house.environment)
    var most = 0
    while run.process.isRunning {
      if let now = peak(run.process.processIdentifier) { most = max(most, now) }
      await Task.yield()
    }
    #expect(try await run.end().status == 0)
    let message = try #require(await house.sandbox.mailbox.messages().first)
    let file = try #require(message.attachments.first)
    #expect(file.size == Self.size)
    #expect(most > 0)
    #expect(most < 200 * 1024, "a peak of \(most) kB")
    try await house.close()
  }

  @Test func `a blob that was changed is not sent, and nothing is lost`() async throws {
    let house = try await Installation()
    let (id, digest) = try await approved(house)
    let path = try #require(try house.context.blobs.file(digest)).path
    try Data("other".utf8).write(to: URL(filePath: path))
    _ = try await Binary.run(["action", "run", id.rawValue], house.environment)
    #expect(await house.sandbox.mailbox.count == 0)
    #expect(try await house.states().first { $0.id == id }?.status == .approved)
    try await house.close()
  }
}
